package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"google.golang.org/protobuf/proto"
)

const (
	maxMessageSize = 16 << 20
	lengthSize     = 4
)

var errTooLarge = errors.New("the frame is larger than 16 MiB")

// encodeFrame gives a message behind its length.
func encodeFrame(message proto.Message) ([]byte, error) {
	frame, err := proto.MarshalOptions{}.MarshalAppend(make([]byte, lengthSize, lengthSize+proto.Size(message)), message)
	if err != nil {
		return nil, err
	}
	if len(frame)-lengthSize > maxMessageSize {
		return nil, errTooLarge
	}
	binary.BigEndian.PutUint32(frame, uint32(len(frame)-lengthSize))
	return frame, nil
}

// writeMessage writes a frame in one piece, so that a FIN that follows at once can go with it.
func writeMessage(to io.Writer, message proto.Message) error {
	frame, err := encodeFrame(message)
	if err == nil {
		_, err = to.Write(frame)
	}
	return err
}

// readMessage gives io.EOF where the stream ends between two frames.
func readMessage(from io.Reader, message proto.Message) error {
	var head [lengthSize]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length > maxMessageSize {
		return errTooLarge
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(from, data); err != nil {
		return fmt.Errorf("the frame's %d bytes: %w", length, err)
	}
	return proto.Unmarshal(data, message)
}
