package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"orchestra/messages"
	"time"

	"github.com/quic-go/quic-go"
	"google.golang.org/protobuf/types/known/structpb"
)

type holdArguments struct {
	target
	Count int
}

type holdReport struct {
	Granted   int           `json:"granted"`
	Completed int           `json:"completed"`
	Error     *errorDetails `json:"error"`
}

// hold opens as many streams as the server grants at once, Count at most, sends half a request on each, and completes them only
// when all are open.
func (c *client) hold(arguments holdArguments) (report holdReport, err error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return report, err
	}
	var streams []quic.Stream
	var requests []*messages.PluginRequest
	var rests [][]byte
	for report.Granted < arguments.Count {
		// Credit for earlier streams may still be on its way.
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		stream, err := connection.OpenStreamSync(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			break
		}
		if err != nil {
			return report, err
		}
		defer abandon(stream)
		report.Granted++
		request := toolCall(int64(report.Granted), "echo", echoArguments(int64(report.Granted), 100))
		frame, err := encodeFrame(request)
		if err != nil {
			return report, err
		}
		half := len(frame) / 2
		if _, err := stream.Write(frame[:half]); err != nil {
			return report, err
		}
		streams, requests, rests = append(streams, stream), append(requests, request), append(rests, frame[half:])
	}
	for i, stream := range streams {
		_, err := stream.Write(rests[i])
		if err == nil {
			err = stream.Close()
		}
		if err == nil {
			_, err = readOnly(stream, requests[i])
		}
		if err != nil {
			report.Error = describe(err)
			continue
		}
		report.Completed++
	}
	return report, nil
}

type abortArguments struct {
	target
	Count int
	How   string // write (RESET_STREAM), read (STOP_SENDING) or both
	Code  uint64
}

type abortReport struct {
	Aborted int `json:"aborted"`
}

// abort begins Count requests, one after the other, and gives each up in the middle of its frame. It waits for credit: more
// than the server grants at once pass only if it gives credit back for them.
func (c *client) abort(arguments abortArguments) (report abortReport, err error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return report, err
	}
	frame, err := encodeFrame(toolCall(1, "echo", echoArguments(1, 100)))
	if err != nil {
		return report, err
	}
	for ; report.Aborted < arguments.Count; report.Aborted++ {
		stream, err := connection.open()
		if err != nil {
			return report, fmt.Errorf("after %d: %w", report.Aborted, err)
		}
		if arguments.How == "read" {
			// A whole request, whose answer nobody wants.
			_, err = stream.Write(frame)
			stream.CancelRead(quic.StreamErrorCode(arguments.Code))
			stream.Close()
		} else {
			_, err = stream.Write(frame[:len(frame)/2])
			stream.CancelWrite(quic.StreamErrorCode(arguments.Code))
			if arguments.How == "both" {
				stream.CancelRead(quic.StreamErrorCode(arguments.Code))
			} else if err == nil {
				// The server's side of the stream must end too.
				if _, end := io.Copy(io.Discard, stream); end != nil && !errors.Is(end, &quic.StreamError{}) {
					err = end
				}
			}
		}
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

type streamArguments struct {
	target
	Tool        string
	Arguments   string // JSON
	CancelAfter int64  // chunks; 0: never
	CancelApart bool   // stream_cancel on a stream of its own
}

type streamReport struct {
	Chunks       int64  `json:"chunks"`
	Bytes        int64  `json:"bytes"`
	Success      bool   `json:"success"`
	TotalChunks  int64  `json:"totalChunks"`
	ErrorCode    string `json:"errorCode"`
	ErrorMessage string `json:"errorMessage"`
	Ended        bool   `json:"ended"` // by a stream_end
	First        []byte `json:"first"` // the first chunk's bytes
}

// stream makes a streaming call, checks the chunks' numbers, and may cancel it.
func (c *client) stream(arguments streamArguments) (report streamReport, err error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return report, err
	}
	start := &messages.StreamStart{StreamId: "stream-1", ToolName: arguments.Tool, Arguments: new(structpb.Struct)}
	if err := start.Arguments.UnmarshalJSON([]byte(arguments.Arguments)); err != nil {
		return report, err
	}
	stream, err := connection.open()
	if err != nil {
		return report, err
	}
	defer abandon(stream)
	request := &messages.PluginRequest{RequestId: "stream", Request: &messages.PluginRequest_StreamStart{StreamStart: start}}
	if err := writeMessage(stream, request); err != nil {
		return report, err
	}
	if arguments.CancelAfter == 0 || arguments.CancelApart {
		stream.Close()
	}

	for {
		response := new(messages.PluginResponse)
		if err := readMessage(stream, response); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return report, err
		}
		if end := response.GetStreamEnd(); end != nil {
			report.Ended, report.Success, report.TotalChunks = true, end.Success, end.TotalChunks
			report.ErrorCode, report.ErrorMessage = end.ErrorCode, end.ErrorMessage
			continue
		}
		chunk := response.GetStreamChunk()
		if chunk == nil || chunk.Sequence != report.Chunks || chunk.StreamId != start.StreamId || report.Ended {
			return report, fmt.Errorf("unexpected after %d chunks: %v", report.Chunks, response)
		}
		if report.Chunks == 0 {
			report.First = chunk.Data
		}
		report.Chunks++
		report.Bytes += int64(len(chunk.Data))
		if report.Chunks == arguments.CancelAfter {
			if err := connection.cancel(stream, start.StreamId, arguments.CancelApart); err != nil {
				return report, err
			}
		}
	}
}

// cancel sends stream_cancel, on the stream of the call as Go's client does, or on one of its own.
func (o *outgoing) cancel(stream quic.Stream, streamID string, apart bool) (err error) {
	if apart {
		if stream, err = o.open(); err != nil {
			return err
		}
	}
	request := &messages.PluginRequest{
		RequestId: "cancel", Request: &messages.PluginRequest_StreamCancel{StreamCancel: &messages.StreamCancel{StreamId: streamID}}}
	if err := writeMessage(stream, request); err != nil {
		return err
	}
	return stream.Close()
}
