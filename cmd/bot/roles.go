package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// roles say who may do what with the facts: editors propose, approvers apply, admins do both. Who is limited to areas does so for these alone.
type roles struct {
	editors, approvers []int64
	areas              map[int64][]string // ids; who is not in it is not limited
	second             bool               // an update needs another person than the one who proposed it
}

// roles reads the settings.
func (r *running) roles() (roles, error) {
	o := roles{editors: slices.Concat(r.Admins, r.Editors), approvers: slices.Concat(r.Admins, r.Approvers), areas: map[int64][]string{}, second: r.RequireSecondPerson}
	for who, areas := range r.AdminAreas {
		id, err := strconv.ParseInt(who, 10, 64)
		if err != nil || !slices.Contains(slices.Concat(o.editors, o.approvers), id) {
			return o, fmt.Errorf("--admin-areas: %q is the id of no admin, editor or approver", who)
		}
		o.areas[id] = strings.FieldsFunc(areas, func(r rune) bool { return r == '+' || r == ' ' })
	}
	return o, nil
}

func (o roles) mayPropose(person int64) bool { return slices.Contains(o.editors, person) }

func (o roles) mayApply(person int64) bool { return slices.Contains(o.approvers, person) }

// beyond is the first of the areas that a person may do nothing about; empty: there is none.
func (o roles) beyond(person int64, areas []string) string {
	allowed, limited := o.areas[person]
	for _, a := range areas {
		if limited && !slices.Contains(allowed, a) {
			return a
		}
	}
	return ""
}

// others are the people who have to decide on what a person proposes and may not apply alone.
func (o roles) others(person int64, areas []string) []int64 {
	if o.mayApply(person) && !o.second {
		return nil
	}
	var list []int64
	for _, id := range o.approvers {
		if id != person && o.beyond(id, areas) == "" && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}
