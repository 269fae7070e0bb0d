package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// A command takes its line and gives its result.
type command func(line []byte) (any, error)

// on makes a command of a function over the fields it expects.
func on[Arguments, Result any](run func(Arguments) (Result, error)) command {
	return func(line []byte) (any, error) {
		var arguments Arguments
		if err := json.Unmarshal(line, &arguments); err != nil {
			return nil, err
		}
		return run(arguments)
	}
}

type answer struct {
	Result any           `json:"result,omitempty"`
	Error  *errorDetails `json:"error,omitempty"`
}

// drive writes the greeting, then answers the commands one by one until stdin ends.
func drive(greeting any, commands map[string]command) error {
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode(answer{Result: greeting}); err != nil {
		return err
	}

	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := out.Encode(obey(line, commands)); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func obey(line []byte, commands map[string]command) answer {
	var head struct{ Command string }
	if err := json.Unmarshal(line, &head); err != nil {
		return answer{Error: describe(err)}
	}
	run, ok := commands[head.Command]
	if !ok {
		return answer{Error: describe(fmt.Errorf("unknown command %q", head.Command))}
	}
	result, err := run(line)
	if err != nil {
		return answer{Error: describe(err)}
	}
	return answer{Result: result}
}
