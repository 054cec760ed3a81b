package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/token/shingle"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"factbot/internal/token"
)

// The fields of a document, each a property of its own with an analyzer of its own: a second mapping under one property would be
// lost when the index is asked.
const (
	phraseField = "phrase" // two and three words in a row
	wordField   = "word"   // single words
)

// The names under which the analysis is registered.
const (
	tokenizerName      = "vietnamese"
	wordAnalyzerName   = "vietnamese_words"
	phraseAnalyzerName = "vietnamese_phrases"
)

// document is what is indexed of an entry.
type document struct {
	Phrase []string `json:"phrase"`
	Word   []string `json:"word"`
}

// tokenizer cuts text as a question is cut: composed, tone placement and i/y settled, folded. Signs are no words.
type tokenizer struct{}

// Tokenize returns the folded words and numbers of text, in order, without a gap in their positions.
func (tokenizer) Tokenize(text []byte) analysis.TokenStream {
	tokens := token.Split(string(text))
	stream := make(analysis.TokenStream, 0, len(tokens))
	for _, t := range tokens {
		if t.Kind == token.Sign || len(t.Fold) > maxWord {
			continue
		}
		stream = append(stream, &analysis.Token{
			Term: []byte(t.Fold), Start: t.Start, End: t.End, Position: len(stream) + 1, Type: analysis.AlphaNumeric,
		})
	}
	return stream
}

// registered is the outcome of the registration: Build reports it.
var registered = register()

func register() error {
	err := registry.RegisterTokenizer(tokenizerName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return tokenizer{}, nil
	})
	if err != nil {
		return err
	}
	if err := registerAnalyzer(wordAnalyzerName); err != nil {
		return err
	}
	return registerAnalyzer(phraseAnalyzerName, shingle.NewShingleFilter(2, 3, false, " ", "_"))
}

// registerAnalyzer registers the tokenizer followed by filters. No stop words: "An" of "Nghệ An" is one in English.
func registerAnalyzer(name string, filters ...analysis.TokenFilter) error {
	return registry.RegisterAnalyzer(name, func(_ map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
		t, err := cache.TokenizerNamed(tokenizerName)
		if err != nil {
			return nil, err
		}
		return &analysis.DefaultAnalyzer{Tokenizer: t, TokenFilters: filters}, nil
	})
}

// fields is the mapping: two fields, nothing stored, no positions, no frequencies, no columns of values, nothing else.
func fields() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for name, analyzer := range map[string]string{phraseField: phraseAnalyzerName, wordField: wordAnalyzerName} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer = analyzer
		field.Store = false
		field.IncludeInAll = false
		field.IncludeTermVectors = false
		field.DocValues = false
		field.SkipFreqNorm = true
		doc.AddFieldMappingsAt(name, field)
	}
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = wordAnalyzerName
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}
