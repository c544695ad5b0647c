package world

import "fmt"

var (
	plans         = []string{"guest", "guest", "guest", "member", "member", "patron"}
	rows          = "ABCDEFGHJKLMNOP"
	genres        = []string{"jazz", "folk", "opera", "comedy", "dance", "cinema", "choir", "indie", "theatre"}
	channels      = []string{"email", "sms", "push", "post"}
	accessNeeds   = []string{"step-free", "hearing loop", "aisle seat", "companion seat"}
	segments      = []string{"regular", "lapsed", "new", "vip", "school", "press"}
	supportAgents = []string{"jo", "amira", "teun", "kwame"}
	halls         = []string{"Main Hall", "The Loft", "Quayside Stage", "Pine Room"}
)

// addMetadata adds what a ticket shop's own code would write.
func (m *maker) addMetadata(r *record, p *person) {
	d, u := m.random, r.user
	if d.percent(62) {
		u.Public = object(m.publicMetadata())
	}
	if d.percent(35) {
		u.Private = object(fmt.Sprintf(`{"crm":{"id":"HP-%06d","segment":%q,"score":%d},"lifetime_value":{"amount":%d.%02d,"currency":"USD"}%s}`,
			d.IntN(1000000), pick(d, segments), d.IntN(101), d.IntN(4000), d.IntN(100), m.noteMetadata()))
	}
	if d.percent(28) {
		u.Unsafe = object(fmt.Sprintf(`{"theme":%q,"newsletter":%t,"onboarding":{"done":%t,"step":%d}}`,
			pick(d, []string{"dark", "light", "system"}), d.percent(40), d.percent(80), 1+d.IntN(5)))
	}
	if u.CreateOrganizationEnabled && d.percent(5) {
		limit := 1 + d.IntN(3)
		u.CreateOrganizationsLimit = &limit
	}
}

func (m *maker) publicMetadata() string {
	d := m.random
	text := fmt.Sprintf(`{"plan":%q`, pick(d, plans))
	if d.percent(45) {
		row, seat := rows[d.IntN(len(rows))], 1+d.IntN(40)
		text += fmt.Sprintf(`,"seats":[{"hall":%q,"row":"%c","seat":%d},{"hall":%[1]q,"row":"%[2]c","seat":%[4]d}]`, pick(d, halls), row, seat, seat+1)
	}
	if d.percent(50) {
		text += fmt.Sprintf(`,"preferences":{"genres":[%q,%q],"contact":%q}`, pick(d, genres), pick(d, genres), pick(d, channels))
	}
	if d.percent(8) {
		text += fmt.Sprintf(`,"access":[%q]`, pick(d, accessNeeds))
	}
	return text + "}"
}

func (m *maker) noteMetadata() string {
	d := m.random
	if !d.percent(20) {
		return ""
	}
	return fmt.Sprintf(`,"notes":[{"by":%q,"text":%q}]`, pick(d, supportAgents), pick(d, []string{
		"Prefers to be called in the morning.", "Refunded the cancelled matinée.", "Books for a school, ask for the purchase order.",
		"Lost the printed tickets, reissued.", "Speaks little English, use the translation line.", "Wheelchair platform confirmed with the venue.",
	}))
}
