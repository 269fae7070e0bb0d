package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// The bytes of raw streams and of stream chunks: byte i of them is i modulo 251.
const (
	patternCycle = 251
	patternBlock = patternCycle * 1024
)

var pattern = func() []byte {
	block := make([]byte, patternBlock+patternCycle)
	for i := range block {
		block[i] = byte(i % patternCycle)
	}
	return block
}()

// writePattern writes the first count bytes of the pattern.
func writePattern(to io.Writer, count int64) error {
	for count > 0 {
		block := pattern[:min(count, patternBlock)]
		if _, err := to.Write(block); err != nil {
			return err
		}
		count -= int64(len(block))
	}
	return nil
}

// readPattern reads to the end and says how many bytes came; all of them must be the pattern's.
func readPattern(from io.Reader) (int64, error) {
	buffer := make([]byte, patternBlock)
	var count int64
	for {
		n, err := from.Read(buffer)
		if start := count % patternCycle; !bytes.Equal(buffer[:n], pattern[start:start+int64(n)]) {
			return count, fmt.Errorf("wrong bytes after %d", count)
		}
		count += int64(n)
		if err == io.EOF {
			return count, nil
		}
		if err != nil {
			return count, err
		}
	}
}

const alphabet = "abcdefghijklmnopqrstuvwxyz"

// letters is a text of the given size that begins at another letter of the alphabet for each number.
func letters(number int64, size int) string {
	start := int(number % int64(len(alphabet)))
	return strings.Repeat(alphabet, (start+size)/len(alphabet)+1)[start : start+size]
}
