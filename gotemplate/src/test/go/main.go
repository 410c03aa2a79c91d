// Command reference executes templates with Go's own engine, so that ours can be compared with it.
//
// It reads one JSON object a line: a template, typed data and the missingkey option. It writes one JSON object a
// line: the output in base64 (it may not be UTF-8) and the error.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"time"
)

type request struct {
	Name       string `json:"name"`
	Template   string `json:"template"`
	MissingKey string `json:"missingkey"`
	Data       typed  `json:"data"`
}

type response struct {
	Output string `json:"output"`
	Error  string `json:"error"`
}

// typed is a value with its Go type.
type typed struct {
	Type  string          `json:"t"`
	Value json.RawMessage `json:"v"`
}

// Item is a struct with fields and methods, as templates meet them.
type Item struct {
	Name  string
	Count int
	Ratio float64
	Tags  []string
	Any   any
	Next  *Item
}

func (i Item) Hello(name string) string { return "hello " + name + " from " + i.Name }

func (i Item) Double() int { return 2 * i.Count }

func (i Item) Fail() (string, error) { return "", errors.New("item failed") }

func (i *Item) Last() *Item {
	if i.Next == nil {
		return i
	}
	return i.Next.Last()
}

// KV is a map with methods.
type KV map[string]string

// Keys gives the sorted keys.
func (kv KV) Keys() []string {
	keys := []string{}
	for k := range kv {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Level prints itself.
type Level int

func (l Level) String() string { return "level-" + strconv.Itoa(int(l)) }

func functions() template.FuncMap {
	return template.FuncMap{
		"upper":  strings.ToUpper,
		"add":    func(a, b int) int { return a + b },
		"half":   func(a float64) float64 { return a / 2 },
		"invert": func(b bool) bool { return !b },
		"byte":   func(b uint8) uint8 { return b },
		"join":   func(items []string, separator string) string { return strings.Join(items, separator) },
		"fail":   func(s string) (string, error) { return "", errors.New("failed: " + s) },
		"id":     func(v any) any { return v },
		"count":  func(v ...any) int { return len(v) },
		"sum": func(first int, rest ...int) int {
			for _, r := range rest {
				first += r
			}
			return first
		},
		"name":   func(i *Item) string { return i.Name },
		"answer": func() int { return 42 },
		"none":   func() any { return nil },
		"level":  func(n int) Level { return Level(n) },
	}
}

func decode[T any](raw json.RawMessage) T {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		panic(fmt.Errorf("%s: %w", raw, err))
	}
	return v
}

func number(raw json.RawMessage) string { return decode[string](raw) }

func (t typed) decode() any {
	switch t.Type {
	case "nil":
		return nil
	case "bool":
		return decode[bool](t.Value)
	case "int":
		n, err := strconv.Atoi(number(t.Value))
		must(err)
		return n
	case "int64":
		n, err := strconv.ParseInt(number(t.Value), 10, 64)
		must(err)
		return n
	case "uint":
		n, err := strconv.ParseUint(number(t.Value), 10, 64)
		must(err)
		return uint(n)
	case "uint8":
		n, err := strconv.ParseUint(number(t.Value), 10, 8)
		must(err)
		return uint8(n)
	case "level":
		n, err := strconv.Atoi(number(t.Value))
		must(err)
		return Level(n)
	case "duration":
		n, err := strconv.ParseInt(number(t.Value), 10, 64)
		must(err)
		return time.Duration(n)
	case "time":
		n, err := strconv.ParseInt(number(t.Value), 10, 64)
		must(err)
		return time.Unix(0, n).UTC()
	case "float64":
		n, err := strconv.ParseFloat(number(t.Value), 64)
		must(err)
		return n
	case "float32":
		n, err := strconv.ParseFloat(number(t.Value), 32)
		must(err)
		return float32(n)
	case "string":
		raw, err := base64.StdEncoding.DecodeString(decode[string](t.Value))
		must(err)
		return string(raw)
	case "[]any":
		items := decode[[]typed](t.Value)
		list := make([]any, len(items))
		for i, item := range items {
			list[i] = item.decode()
		}
		return list
	case "[]string":
		return decode[[]string](t.Value)
	case "[]int":
		return decode[[]int](t.Value)
	case "map[string]any":
		m := map[string]any{}
		for k, v := range decode[map[string]typed](t.Value) {
			m[k] = v.decode()
		}
		return m
	case "map[string]string":
		return decode[map[string]string](t.Value)
	case "map[string]int":
		return decode[map[string]int](t.Value)
	case "map[int]string":
		return decode[map[int]string](t.Value)
	case "KV":
		return KV(decode[map[string]string](t.Value))
	case "nilmap":
		return map[string]string(nil)
	case "nilslice":
		return []string(nil)
	case "nilitem":
		return (*Item)(nil)
	case "item":
		return *item(t.Value)
	case "*item":
		return item(t.Value)
	case "func":
		return func(a, b int) int { return a * b }
	}
	panic("unknown type " + t.Type)
}

func item(raw json.RawMessage) *Item {
	m := decode[map[string]typed](raw)
	i := &Item{}
	for k, v := range m {
		switch value := v.decode(); k {
		case "Name":
			i.Name = value.(string)
		case "Count":
			i.Count = value.(int)
		case "Ratio":
			i.Ratio = value.(float64)
		case "Tags":
			i.Tags = value.([]string)
		case "Any":
			i.Any = value
		case "Next":
			i.Next = value.(*Item)
		}
	}
	return i
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func run(r request) response {
	t, err := template.New(r.Name).Funcs(functions()).Option("missingkey=" + r.MissingKey).Parse(r.Template)
	if err != nil {
		return response{Error: err.Error()}
	}
	var out bytes.Buffer
	if err := t.Execute(&out, r.Data.decode()); err != nil {
		return response{Error: err.Error()}
	}
	return response{Output: base64.StdEncoding.EncodeToString(out.Bytes())}
}

func main() {
	// A template that iterates without end must not outlive the test.
	time.AfterFunc(2*time.Minute, func() {
		fmt.Fprintln(os.Stderr, "the reference ran for two minutes: a generated template does not end")
		os.Exit(3)
	})
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var r request
		must(json.Unmarshal(in.Bytes(), &r))
		must(encoder.Encode(run(r)))
	}
	must(in.Err())
}
