// Package telegram is the chat side: it takes updates from Telegram, polled for or delivered, hands what is asked to an Answerer and shows the reply. It
// computes nothing and knows neither facts nor questions; what it says itself comes from Texts. It alone knows the bot library.
//
//	poller    getUpdates → updates; Telegram is told to forget them once they are taken over
//	webhook   a delivery → an update; its answer goes out in the response where one message is all there is
//	take      an update → a plan, in the state and in its chat's line, once however often it comes
//	lines     one line of jobs a chat: in order within a chat, side by side across chats, bounded
//	hear      a message → what it asks of the bot: a question, a command, or nothing
//	memory    what a turn remembers and what it leaves, settled together with the update's end
//	sender    calls: at their pace, again where that helps, none while Telegram is gone
//	tend      what comes round: updates that others left, what the state is owed, what has expired; notices
//
// The library's dispatcher, poller and webhook handler are not used. Its handlers run without order or bound, a panic in one ends the process, one update
// that it cannot decode stops its poller for good, it ignores retry_after and a revoked token, and answers deliveries before they are dealt with, also forged
// ones. Its calls are.
//
// Everything that changes the state in a turn is one transaction with the update's end: an update that is dealt with has left all its traces, one that is not has
// left none and is dealt with again, by whichever replica finds it. Without the state the memory of the process has to do.
package telegram
