package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"orchestra/messages"
	"time"

	"github.com/quic-go/quic-go"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// lateness is long enough for the last bytes to be on their way before the FIN is written.
const lateness = 2 * time.Millisecond

// open waits for credit, and guards the stream against hanging.
func (o *outgoing) open() (quic.Stream, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	stream, err := o.OpenStreamSync(ctx)
	if err == nil {
		err = stream.SetDeadline(time.Now().Add(patience))
	}
	return stream, err
}

// call sends a request and expects exactly one response, then the FIN.
func (o *outgoing) call(request *messages.PluginRequest, lateFIN bool) (*messages.PluginResponse, error) {
	stream, err := o.open()
	if err != nil {
		return nil, err
	}
	response, err := transact(stream, request, lateFIN)
	if err != nil {
		o.activity.count(err, true)
		abandon(stream)
		return nil, err
	}
	o.activity.requests.Add(1)
	return response, nil
}

func transact(stream quic.Stream, request *messages.PluginRequest, lateFIN bool) (*messages.PluginResponse, error) {
	if err := writeMessage(stream, request); err != nil {
		return nil, err
	}
	if lateFIN {
		time.Sleep(lateness)
	}
	if err := stream.Close(); err != nil {
		return nil, err
	}
	return readOnly(stream, request)
}

// readOnly reads the one response and the FIN after it.
func readOnly(stream io.Reader, request *messages.PluginRequest) (*messages.PluginResponse, error) {
	response := new(messages.PluginResponse)
	if err := readMessage(stream, response); err != nil {
		return nil, err
	}
	if response.RequestId != request.RequestId {
		return nil, fmt.Errorf("the answer to %q came to %q", response.RequestId, request.RequestId)
	}
	if n, err := stream.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("after the answer: %d bytes more, %w", n, err)
	}
	return response, nil
}

// abandon gives up both directions, so that nothing is left of the stream.
func abandon(stream quic.Stream) {
	stream.CancelWrite(0)
	stream.CancelRead(0)
}

// probe makes sure that the server took the connection. It is patient with servers that reset streams at first: quiche's Node
// library does until it has reported the connection.
func (o *outgoing) probe() (err error) {
	for range 100 {
		_, err = o.call(&messages.PluginRequest{
			RequestId: "probe", Request: &messages.PluginRequest_Health{Health: &messages.HealthRequest{}}}, false)
		if !errors.Is(err, &quic.StreamError{}) {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

type exchangeArguments struct {
	target
	Request json.RawMessage
	LateFIN bool
}

// exchange sends any request of the protocol, given in protobuf's JSON.
func (c *client) exchange(arguments exchangeArguments) (json.RawMessage, error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return nil, err
	}
	request := new(messages.PluginRequest)
	if err := protojson.Unmarshal(arguments.Request, request); err != nil {
		return nil, err
	}
	response, err := connection.call(request, arguments.LateFIN)
	if err != nil {
		return nil, err
	}
	return protojson.MarshalOptions{UseProtoNames: true}.Marshal(proto.Message(response))
}

type bytesArguments struct {
	target
	Data   []byte // base64 in JSON
	KeepUp bool   // no FIN
}

type bytesReport struct {
	Data  []byte        `json:"data"`
	Error *errorDetails `json:"error"` // what ended the answer, if it was not the FIN
}

// bytes sends any bytes on a new stream and tells what comes back.
func (c *client) bytes(arguments bytesArguments) (bytesReport, error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return bytesReport{}, err
	}
	stream, err := connection.open()
	if err != nil {
		return bytesReport{}, err
	}
	defer abandon(stream)
	if _, err := stream.Write(arguments.Data); err != nil {
		return bytesReport{Error: describe(err)}, nil
	}
	if !arguments.KeepUp {
		stream.Close()
	}
	data, err := io.ReadAll(stream)
	return bytesReport{data, describe(err)}, nil
}
