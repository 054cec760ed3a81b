# Drills against the built bot, on loopback: each prints what it counted and fails where a question was lost. SHORT=1 is about a minute.
DRILL = go run ./drill $(if $(SHORT),-short) $(if $(SEED),-seed $(SEED))

.PHONY: crash faults replicas soak hostile
crash faults replicas soak hostile:
	$(DRILL) $@
