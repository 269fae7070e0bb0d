package main

import (
	"encoding/binary"
	"io"

	"github.com/quic-go/quic-go"
)

// A raw stream measures throughput. The client sends how many bytes it wants (8 bytes, big-endian), then any number of the
// pattern's bytes and a FIN; the server answers with how many of these came (8 bytes; -1 if they were wrong), then with the bytes
// wanted and a FIN.
const countSize = 8

func serveRaw(stream quic.Stream) {
	defer stream.Close()
	var head [countSize]byte
	if _, err := io.ReadFull(stream, head[:]); err != nil {
		return
	}
	received, err := readPattern(stream)
	if err != nil {
		received = -1
	}
	if _, err := stream.Write(binary.BigEndian.AppendUint64(nil, uint64(received))); err == nil {
		writePattern(stream, int64(binary.BigEndian.Uint64(head[:])))
	}
}
