package state

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keySize is the bytes of a key.
const keySize = 32

// vault seals what is personal and makes the hashes by which it is found. Sealed is: a version, a nonce, and AES-256-GCM over the text, bound to
// the place where it stands, so that a body cannot be moved from one owner to another.
type vault struct {
	seal cipher.AEAD
	hash []byte
}

const sealVersion = 1

func newVault(key []byte) (*vault, error) {
	if len(key) != keySize {
		return nil, fmt.Errorf("the key of the state has %d bytes, not %d", len(key), keySize)
	}
	sealing, err := hkdf.Key(sha256.New, key, nil, "factbot state seal", keySize)
	if err != nil {
		return nil, err
	}
	hashing, err := hkdf.Key(sha256.New, key, nil, "factbot state hash", keySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &vault{aead, hashing}, nil
}

// sealed is a text sealed for a place.
func (v *vault) sealed(text []byte, place string) []byte {
	return v.seal.Seal([]byte{sealVersion}, nil, text, []byte(place)) //nolint:gosec // the cipher draws its own nonce
}

var errSealed = errors.New("a record cannot be opened: it was sealed with another key, or was changed")

// opened is the text sealed for a place.
func (v *vault) opened(body []byte, place string) ([]byte, error) {
	if len(body) == 0 || body[0] != sealVersion {
		return nil, errSealed
	}
	text, err := v.seal.Open(nil, nil, body[1:], []byte(place))
	if err != nil {
		return nil, errSealed
	}
	return text, nil
}

// hashed stands for an id of a kind: equal ids have equal hashes, and without the key nobody can tell whose they are.
func (v *vault) hashed(kind, id string) []byte {
	h := hmac.New(sha256.New, v.hash)
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(id))
	return h.Sum(nil)[:16]
}

// ReadKey is the key in a text: 64 hexadecimal digits.
func ReadKey(text string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("a key is %d hexadecimal digits (openssl rand -hex %d)", 2*keySize, keySize)
	}
	return key, nil
}

// KeyFile is the key in a file; where there is no such file, a new key that is written to it, readable by its owner alone.
func KeyFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKeyFile(path)
	}
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others may read the key; chmod 600", path)
	}
	key, err := ReadKey(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// newKeyFile makes a key that is on disk, complete, before it is used. Of two processes that begin together one makes it.
func newKeyFile(path string) ([]byte, error) {
	var key [keySize]byte
	_, _ = rand.Read(key[:])
	draft, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(hex.EncodeToString(key[:]) + "\n")
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(draft.Name(), path); errors.Is(err, fs.ErrExist) {
		return KeyFile(path)
	} else if err != nil {
		return nil, err
	}
	return key[:], syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
