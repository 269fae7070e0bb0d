package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"github.com/quic-go/quic-go"
)

// failure says what a client gets instead of an answer.
type failure string

const (
	silent    failure = "silent"    // nothing, for ever
	empty     failure = "empty"     // a FIN
	truncated failure = "truncated" // half a frame and a FIN
	oversized failure = "oversized" // a length over 16 MiB
	garbage   failure = "garbage"   // a frame that is no message
	reset     failure = "reset"     // RESET_STREAM with code 7
	stop      failure = "stop"      // STOP_SENDING with code 8, at once, and a FIN
	closing   failure = "close"     // CONNECTION_CLOSE with application code 9
	exit      failure = "exit"      // the process ends without a word
	resetCode         = 7
	stopCode          = 8
	closeCode         = 9
)

func (f failure) check() error {
	switch f {
	case "", silent, empty, truncated, oversized, garbage, reset, stop, closing, exit:
		return nil
	}
	return fmt.Errorf("unknown failure %q", string(f))
}

func (f failure) happen(connection quic.Connection, stream quic.Stream) {
	if f == stop {
		stream.CancelRead(stopCode)
		stream.Close()
		return
	}
	io.Copy(io.Discard, stream)
	switch f {
	case truncated:
		stream.Write(append(binary.BigEndian.AppendUint32(nil, 100), make([]byte, 50)...))
	case oversized:
		stream.Write(binary.BigEndian.AppendUint32(nil, maxMessageSize+1))
	case garbage:
		stream.Write(append(binary.BigEndian.AppendUint32(nil, 4), 0xff, 0xff, 0xff, 0xff))
	case reset:
		stream.CancelWrite(resetCode)
		return
	case closing:
		connection.CloseWithError(closeCode, "as asked")
		return
	case exit:
		os.Exit(0)
	case silent:
		<-connection.Context().Done()
		return
	}
	stream.Close()
}
