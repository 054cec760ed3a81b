package fakeapi

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"strings"
)

// The limits of pictures: what width and height are together, how many times one is the other, and bytes.
const (
	photoSides = 10_000
	photoRatio = 20
	photoBytes = 10 << 20
)

// checkFile is what sendPhoto and sendDocument refuse; the rest is the message's part with the file. What is sent by its id must have been sent before.
func (s *Server) checkFile(c *Call) (map[string]any, *refusal) {
	name := strings.ToLower(strings.TrimPrefix(c.Method, "send"))
	data := c.Params[name]
	if refused := checkMarkup(c.Params["reply_markup"]); refused != nil {
		return nil, refused
	}
	id := data
	if strings.HasPrefix(data, "\x89PNG") {
		config, err := png.DecodeConfig(bytes.NewReader([]byte(data)))
		w, h := config.Width, config.Height
		if name == "photo" && (err != nil || w+h > photoSides || w > photoRatio*h || h > photoRatio*w || len(data) > photoBytes) {
			return nil, bad("PHOTO_INVALID_DIMENSIONS")
		}
		id = fmt.Sprintf("%s-%d", name, len(s.files)+1)
		s.files[id] = data
		c.Params[name] = "uploaded " + id
	} else if s.files[data] == "" || !strings.HasPrefix(data, name) {
		return nil, bad("wrong file identifier/HTTP URL specified")
	}
	if name == "document" {
		return map[string]any{"document": map[string]any{"file_id": id, "file_unique_id": "u" + id}}, nil
	}
	return map[string]any{"photo": []any{
		map[string]any{"file_id": id + "-small", "file_unique_id": "s" + id, "width": 90, "height": 90},
		map[string]any{"file_id": id, "file_unique_id": "u" + id, "width": 1280, "height": 900},
	}}, nil
}

// ForgetFiles makes every file id unknown, as Telegram may after a change of the bot.
func (s *Server) ForgetFiles() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.files)
}

// editMarkup is editMessageReplyMarkup.
func (s *Server) editMarkup(c *Call) (any, *refusal) {
	m := s.messages[place{c.Chat, c.Message}]
	if m == nil || !m.byBot {
		return nil, bad("message to edit not found")
	}
	if refused := checkMarkup(c.Params["reply_markup"]); refused != nil {
		return nil, refused
	}
	if m.markup == c.Params["reply_markup"] {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.markup = c.Params["reply_markup"]
	underneath(m.raw, m.markup)
	return m.raw, nil
}

// Document is the document of a message by which a person sends a file: its fields go to Write.
func (s *Server) Document(name string, data []byte) Fields {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("sent-%d", len(s.files)+1)
	s.files[id] = string(data)
	return Fields{"document": Fields{"file_id": id, "file_unique_id": "u" + id, "file_name": name, "file_size": len(data)}}
}

// download answers a request for the content of a file.
func (s *Server) download(w http.ResponseWriter, path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, ok := strings.CutPrefix(path, "/file/bot"+Token+"/documents/")
	if !ok || s.files[id] == "" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write([]byte(s.files[id]))
}
