package telegram

import (
	"fmt"
	"slices"
	"strings"
)

// The message ids of Texts. Each must have a text in every language; it is shown as it stands, without markup.
const (
	textStart         = "tg_start"          // to /start: two lines, what the bot does and what to type; buttons with examples stand below
	textHelp          = "tg_help"           // to /help; {{.Examples}} are lines of examples, or empty
	textHelpGroup     = "tg_help_group"     // one more line of help in groups; {{.Bot}} is the bot's user name
	textWelcome       = "tg_welcome"        // when the bot comes into a group; {{.Bot}}
	textAsk           = "tg_ask"            // to /ask or a mention without a question: please write it as a reply to this
	textAskField      = "tg_ask_field"      // what the empty input field then says; 1–64 characters
	textLang          = "tg_lang"           // to /lang, above a button for each language
	textLangName      = "tg_lang_name"      // the name of the language in itself: a button
	textLangSet       = "tg_lang_set"       // the language was chosen; said in it; up to 200 characters
	textPrivacy       = "tg_privacy"        // to /privacy: what is kept, {{.Talk}} minutes and {{.Questions}} days, and what is not
	textUnknown       = "tg_unknown"        // an unknown command: one line
	textNotText       = "tg_not_text"       // a picture, a voice message …: one line
	textBusy          = "tg_busy"           // too much waits in this chat; up to 200 characters
	textFailed        = "tg_failed"         // the question could not be dealt with; up to 200 characters
	textExpired       = "tg_expired"        // a button that is no longer known; up to 200 characters
	textNotYours      = "tg_not_yours"      // a button under the answer to another person's question; up to 200 characters
	textStateGone     = "tg_state_gone"     // to admins: the state does not answer; up to 200 characters
	textStateBack     = "tg_state_back"     // to admins: it answers again; up to 200 characters
	textForgotten     = "tg_forgotten"      // to /quen: what was remembered of the person is forgotten
	textCompare       = "tg_compare"        // to /sosanh: how to compare; buttons with examples stand below
	textMenuShow      = "tg_menu_show"      // the command menu: /chitieu; up to 256 characters, as the next four
	textMenuProject   = "tg_menu_project"   // /duan
	textMenuSource    = "tg_menu_source"    // /nguon
	textMenuCompare   = "tg_menu_compare"   // /sosanh
	textMenuForget    = "tg_menu_forget"    // /quen
	textMenuChart     = "tg_menu_chart"     // /bieudo
	textMenuFollow    = "tg_menu_follow"    // /theodoi
	textMenuArea      = "tg_menu_area"      // /tinh
	textFactsBroken   = "tg_facts_broken"   // to admins: the facts on disk have a {{.Problem}}
	textFactsBack     = "tg_facts_back"     // to admins: they are in order again
	textTooLarge      = "tg_too_large"      // an admin's file {{.Name}} has more than {{.Limit}} MB
	textNotFetched    = "tg_not_fetched"    // an admin's file {{.Name}} could not be fetched
	textApply         = "tg_apply"          // a button: apply a proposal; 1–64 characters, as the next two
	textApplySure     = "tg_apply_sure"     // without what is doubtful
	textDrop          = "tg_drop"           // drop it
	textUndoWhat      = "tg_undo_what"      // to /hoantac with something that is no number of a revision
	textNoPicture     = "tg_no_picture"     // there is nothing to draw: one line
	textFollowed      = "tg_followed"       // 🔔 was pressed under {{.Name}}; up to 200 characters
	textFollowedGroup = "tg_followed_group" // the same in a group: the news come in the chat with {{.Bot}}; up to 200 characters
	textUnfollowed    = "tg_unfollowed"     // 🔕 was pressed under {{.Name}}; up to 200 characters
	textFollowing     = "tg_following"      // above the list of what a person follows, with 🔕 beside each
	textFollowNone    = "tg_follow_none"    // there is nothing that they follow
	textArea          = "tg_area"           // to /tinh, above a button for each area
	textAreaOnly      = "tg_area_only"      // to /tinh where there is one area, {{.Name}}, or none
	textAreaSet       = "tg_area_set"       // {{.Name}} was chosen; up to 200 characters
	textAreaSetGroup  = "tg_area_set_group" // the same for the group; up to 200 characters
	textThanks        = "tg_thanks"         // 👍 or 👎 was pressed; up to 200 characters
	textMenuAsk       = "tg_menu_ask"       // the command menu: /ask; up to 256 characters, as the next three
	textMenuHelp      = "tg_menu_help"      // /help
	textMenuLang      = "tg_menu_lang"      // /lang
	textMenuPrivacy   = "tg_menu_privacy"   // /privacy
	textDescription   = "tg_description"    // above an empty chat: what can this bot do; up to 512 characters
	textAbout         = "tg_about"          // on the bot's profile; up to 120 characters
)

// limits are the ids with the longest text that fits where they are shown, in characters.
var limits = map[string]int{
	textStart: maxText, textHelp: maxText, textHelpGroup: maxText, textWelcome: maxText, textAsk: maxText, textAskField: 64,
	textLang: maxText, textLangName: 64, textLangSet: 200, textPrivacy: maxText, textUnknown: maxText, textNotText: maxText,
	textBusy: 200, textFailed: 200, textExpired: 200, textNotYours: 200, textStateGone: 200, textStateBack: 200, textThanks: 200, textForgotten: maxText, textCompare: maxText,
	textFactsBroken: maxText, textFactsBack: maxText, textTooLarge: maxText, textNotFetched: maxText, textApply: 64, textApplySure: 64, textDrop: 64, textUndoWhat: maxText,
	textMenuChart: 256, textMenuFollow: 256, textMenuArea: 256, textNoPicture: maxText, textFollowed: 200, textFollowedGroup: 200, textUnfollowed: 200,
	textFollowing: maxText, textFollowNone: maxText, textArea: maxText, textAreaOnly: maxText, textAreaSet: 200, textAreaSetGroup: 200,
	textMenuShow: 256, textMenuProject: 256, textMenuSource: 256, textMenuCompare: 256, textMenuForget: 256,
	textMenuAsk: 256, textMenuHelp: 256, textMenuLang: 256, textMenuPrivacy: 256, textDescription: 512, textAbout: 120,
}

// sampleArgs fill every argument that a text may have.
var sampleArgs = map[string]any{"Examples": "• 1", "Bot": "example_bot", "Talk": 30, "Questions": 90, "Name": "Nghệ An", "Limit": 8, "Problem": "x.yaml:1"}

// TextIDs are the ids that Texts must have in every language, in order.
func TextIDs() []string {
	var ids []string
	for id := range limits {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// CheckTexts reports the texts that are missing, or too long for their place, in one line.
func CheckTexts(t Texts, languages []string) error {
	var wrong []string
	for _, lang := range languages {
		for _, id := range TextIDs() {
			text := t.Text(lang, id, sampleArgs)
			if text == "" {
				wrong = append(wrong, fmt.Sprintf("%q has no text in %q", id, lang))
			} else if n := units(text); n > limits[id] {
				wrong = append(wrong, fmt.Sprintf("%q has %d characters in %q, at most %d fit", id, n, lang, limits[id]))
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("messages for Telegram: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// text is one of the bot's own sentences as a reply.
func (b *Bot) text(lang, id string) Reply { return b.filled(lang, id, nil) }

func (b *Bot) filled(lang, id string, args map[string]any) Reply {
	return Reply{Plain: b.texts.Text(lang, id, args), Lang: lang}
}
