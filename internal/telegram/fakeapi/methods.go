package fakeapi

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func record(method string, params map[string]string) Call {
	c := Call{Method: method, Params: params, Code: http.StatusOK}
	c.Chat, _ = strconv.ParseInt(params["chat_id"], 10, 64)
	c.Message, _ = strconv.Atoi(params["message_id"])
	return c
}

// call answers and records one call of the bot.
func (s *Server) call(w http.ResponseWriter, method string, params map[string]string) {
	s.mu.Lock()
	c := record(method, params)
	result, refused := s.do(&c)
	if refused != nil {
		c.Code, c.Error = refused.code, refused.description
	}
	s.calls = append(s.calls, c)
	s.change()
	s.mu.Unlock()
	answer(w, refused, result)
}

// known are the parameters that a method takes here.
var known = map[string][]string{
	"getMe": {}, "getWebhookInfo": {}, "deleteWebhook": {"drop_pending_updates"},
	"sendMessage":            {"chat_id", "message_thread_id", "text", "parse_mode", "link_preview_options", "reply_parameters", "reply_markup"},
	"sendPhoto":              {"chat_id", "message_thread_id", "photo", "reply_parameters", "reply_markup"},
	"sendDocument":           {"chat_id", "message_thread_id", "document", "reply_parameters", "reply_markup"},
	"getFile":                {"file_id"},
	"editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
	"editMessageText":        {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
	"deleteMessage":          {"chat_id", "message_id"}, "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
	"setMyCommands": {"commands", "language_code"}, "getMyCommands": {"language_code"},
	"setMyDescription": {"description", "language_code"}, "getMyDescription": {"language_code"},
	"answerInlineQuery":     {"inline_query_id", "results", "is_personal", "cache_time"},
	"setWebhook":            {"url", "secret_token", "allowed_updates", "max_connections"},
	"sendChatAction":        {"chat_id", "action", "message_thread_id"},
	"setMyShortDescription": {"short_description", "language_code"}, "getMyShortDescription": {"language_code"},
}

func (s *Server) do(c *Call) (any, *refusal) {
	takes, ok := known[c.Method]
	if !ok {
		return nil, &refusal{http.StatusNotFound, "Not Found: method not found"}
	}
	for name := range c.Params {
		if !slices.Contains(takes, name) {
			return nil, bad("%s takes no %q", c.Method, name)
		}
	}
	code := c.Params["language_code"]
	switch c.Method {
	case "getMe":
		return map[string]any{"id": BotID, "is_bot": true, "first_name": "Figures", "username": BotName}, nil
	case "getWebhookInfo":
		return map[string]any{"url": s.webhook, "has_custom_certificate": false, "pending_update_count": len(s.updates)}, nil
	case "deleteWebhook":
		s.webhook = ""
	case "sendMessage", "sendPhoto", "sendDocument":
		return s.send(c)
	case "getFile":
		if s.files[c.Params["file_id"]] == "" {
			return nil, bad("wrong file_id or the file is temporarily unavailable")
		}
		return map[string]any{"file_id": c.Params["file_id"], "file_unique_id": "u", "file_path": "documents/" + c.Params["file_id"]}, nil
	case "editMessageReplyMarkup":
		return s.editMarkup(c)
	case "editMessageText":
		return s.edit(c)
	case "deleteMessage":
		if s.messages[place{c.Chat, c.Message}] == nil {
			return nil, bad("message to delete not found")
		}
		delete(s.messages, place{c.Chat, c.Message})
	case "answerCallbackQuery":
		return s.answerPress(c)
	case "setMyCommands", "setMyDescription", "setMyShortDescription":
		return s.wear(c, code)
	case "getMyCommands":
		if s.worn["commands "+code] == "" {
			return []any{}, nil
		}
		return json.RawMessage(s.worn["commands "+code]), nil
	case "getMyDescription":
		return map[string]string{"description": s.worn["description "+code]}, nil
	case "getMyShortDescription":
		return map[string]string{"short_description": s.worn["short_description "+code]}, nil
	}
	return true, nil
}

// wear sets commands or a description.
func (s *Server) wear(c *Call, code string) (any, *refusal) {
	for name, value := range c.Params {
		if name == "language_code" {
			continue
		}
		if longest := map[string]int{"description": 512, "short_description": 120}[name]; longest > 0 && units(value) > longest {
			return nil, bad("%s is too long", name)
		}
		s.worn[name+" "+code] = value
	}
	return true, nil
}

// send is sendMessage.
func (s *Server) send(c *Call) (any, *refusal) {
	if s.blocked[c.Chat] {
		return nil, &refusal{http.StatusForbidden, "Forbidden: bot was blocked by the user"}
	}
	thread, _ := strconv.Atoi(c.Params["message_thread_id"])
	if thread != 0 && s.topics[place{c.Chat, thread}] {
		return nil, bad("message thread not found")
	}
	var media map[string]any
	var refused *refusal
	if c.Method == "sendMessage" {
		refused = check(c)
	} else {
		media, refused = s.checkFile(c)
	}
	if refused != nil {
		return nil, refused
	}
	var reply struct {
		ID    int  `json:"message_id"`
		Allow bool `json:"allow_sending_without_reply"`
	}
	if raw := c.Params["reply_parameters"]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &reply); err != nil || reply.ID == 0 {
			return nil, bad("object expected as reply parameters")
		}
		if s.messages[place{c.Chat, reply.ID}] == nil && !reply.Allow {
			return nil, bad("message to be replied not found")
		}
	}
	c.Message = s.nextID
	s.nextID++
	raw := map[string]any{
		"message_id": c.Message, "date": 1, "chat": chatOf(c.Chat), "text": c.Plain,
		"from": map[string]any{"id": BotID, "is_bot": true, "first_name": "Figures", "username": BotName},
	}
	if media != nil {
		delete(raw, "text")
		maps.Copy(raw, media)
	}
	if to := s.messages[place{c.Chat, reply.ID}]; to != nil && to.raw != nil {
		raw["reply_to_message"] = to.raw
	}
	underneath(raw, c.Params["reply_markup"])
	s.messages[place{c.Chat, c.Message}] = &message{text: c.Plain, markup: c.Params["reply_markup"], byBot: true, raw: raw}
	return raw, nil
}

// edit is editMessageText.
func (s *Server) edit(c *Call) (any, *refusal) {
	m := s.messages[place{c.Chat, c.Message}]
	switch {
	case s.blocked[c.Chat]:
		return nil, &refusal{http.StatusForbidden, "Forbidden: bot was blocked by the user"}
	case m == nil:
		return nil, bad("message to edit not found")
	case !m.byBot || strings.Contains(m.markup, "force_reply"):
		return nil, bad("message can't be edited")
	case m.raw["text"] == nil:
		return nil, bad("there is no text in the message to edit")
	}
	if refused := check(c); refused != nil {
		return nil, refused
	}
	if m.text == c.Plain && m.markup == c.Params["reply_markup"] {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.text, m.markup, m.raw["text"] = c.Plain, c.Params["reply_markup"], c.Plain
	underneath(m.raw, m.markup)
	return m.raw, nil
}

// underneath puts the inline keyboard under a message, as whoever presses a button there has it.
func underneath(raw map[string]any, markup string) {
	delete(raw, "reply_markup")
	if strings.Contains(markup, "inline_keyboard") {
		raw["reply_markup"] = json.RawMessage(markup)
	}
}

// check is what sendMessage and editMessageText both refuse.
func check(c *Call) *refusal {
	c.Plain = c.Params["text"]
	switch c.Params["parse_mode"] {
	case "":
	case "HTML":
		plain, err := parseHTML(c.Plain)
		if err != nil {
			return bad("can't parse entities: %v", err)
		}
		c.Plain = plain
	default:
		return bad("unsupported parse_mode")
	}
	c.Plain = strings.TrimSpace(c.Plain)
	switch {
	case c.Plain == "":
		return bad("message text is empty")
	case units(c.Plain) > 4096:
		return bad("message is too long")
	}
	return checkMarkup(c.Params["reply_markup"])
}

// checkMarkup is what is refused of a reply_markup.
func checkMarkup(raw string) *refusal {
	if raw == "" {
		return nil
	}
	var markup struct {
		Force bool               `json:"force_reply"`
		Rows  [][]map[string]any `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(raw), &markup); err != nil || raw == "null" || !markup.Force && markup.Rows == nil {
		return bad("object expected as reply markup")
	}
	for _, row := range markup.Rows {
		for _, b := range row {
			_, hasData := b["callback_data"]
			data, _ := b["callback_data"].(string)
			_, hasURL := b["url"]
			copied, hasCopy := b["copy_text"].(map[string]any)
			text, _ := copied["text"].(string)
			switch {
			case b["text"] == "", !hasData && !hasURL && !hasCopy, len(b) != 2:
				return bad("inline keyboard button needs a text and exactly one action")
			case hasData && (data == "" || len(data) > 64):
				return bad("BUTTON_DATA_INVALID")
			case hasCopy && (text == "" || units(text) > 256):
				return bad("BUTTON_COPY_TEXT_INVALID")
			}
		}
	}
	return nil
}

func (s *Server) answerPress(c *Call) (any, *refusal) {
	id := c.Params["callback_query_id"]
	if answered, ok := s.presses[id]; !ok || answered {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if units(c.Params["text"]) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	s.presses[id] = true
	return true, nil
}
