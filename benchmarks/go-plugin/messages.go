package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"orchestra/messages"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

const maxMessageSize = 16 << 20

var greetSchema = must(structpb.NewStruct(map[string]any{
	"type": "object",
	"properties": map[string]any{
		"name":  map[string]any{"type": "string", "description": "Who to greet."},
		"times": map[string]any{"type": "integer", "description": "How often."},
	},
	"required": []any{"name"},
}))

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func readRequest(from io.Reader) (*messages.PluginRequest, error) {
	var head [4]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length > maxMessageSize {
		return nil, errors.New("the frame is larger than 16 MiB")
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(from, data); err != nil {
		return nil, err
	}
	request := new(messages.PluginRequest)
	return request, proto.Unmarshal(data, request)
}

func writeResponse(to io.Writer, response *messages.PluginResponse) error {
	frame, err := proto.MarshalOptions{}.MarshalAppend(make([]byte, 4, 4+proto.Size(response)), response)
	if err != nil {
		return err
	}
	binary.BigEndian.PutUint32(frame, uint32(len(frame)-4))
	_, err = to.Write(frame)
	return err
}

func answer(request *messages.PluginRequest) *messages.PluginResponse {
	response := &messages.PluginResponse{RequestId: request.RequestId}
	switch r := request.Request.(type) {
	case *messages.PluginRequest_Register:
		response.Response = &messages.PluginResponse_Register{Register: &messages.RegistrationResult{Accepted: true}}
	case *messages.PluginRequest_Boot:
		response.Response = &messages.PluginResponse_Boot{Boot: &messages.BootResult{Ready: true}}
	case *messages.PluginRequest_Shutdown:
		response.Response = &messages.PluginResponse_Shutdown{Shutdown: &messages.ShutdownResult{Clean: true}}
	case *messages.PluginRequest_Health:
		response.Response = &messages.PluginResponse_Health{
			Health: &messages.HealthResult{Status: messages.HealthResult_STATUS_HEALTHY, Message: "ok"}}
	case *messages.PluginRequest_ListTools:
		response.Response = &messages.PluginResponse_ListTools{ListTools: &messages.ListToolsResponse{Tools: []*messages.ToolDefinition{
			{Name: "greet", Description: "Greet someone by name.", InputSchema: greetSchema}}}}
	case *messages.PluginRequest_ToolCall:
		response.Response = &messages.PluginResponse_ToolCall{ToolCall: callTool(r.ToolCall)}
	default:
		response.Response = &messages.PluginResponse_ToolCall{ToolCall: failed("unknown_request", "unrecognized request type")}
	}
	return response
}

func callTool(call *messages.ToolRequest) *messages.ToolResponse {
	fields := call.Arguments.GetFields()
	switch call.ToolName {
	case "greet":
		return greet(fields)
	case "echo":
		return succeeded(fields["text"].GetStringValue())
	default:
		return failed("tool_not_found", fmt.Sprintf("tool %q not found", call.ToolName))
	}
}

func greet(fields map[string]*structpb.Value) *messages.ToolResponse {
	times := 1
	if value, given := fields["times"]; given {
		times = int(value.GetNumberValue())
	}
	if times < 1 || times > 10 {
		return failed("handler_error", "times must be from 1 to 10")
	}
	greeting := "Hello, " + fields["name"].GetStringValue() + "!"
	return succeeded(strings.TrimSuffix(strings.Repeat(greeting+" ", times), " "))
}

func succeeded(text string) *messages.ToolResponse {
	return &messages.ToolResponse{
		Success: true, Result: &structpb.Struct{Fields: map[string]*structpb.Value{"text": structpb.NewStringValue(text)}}}
}

func failed(code, message string) *messages.ToolResponse {
	return &messages.ToolResponse{ErrorCode: code, ErrorMessage: message}
}

// count streams so many chunks of so many bytes.
func count(to io.Writer, requestID string, start *messages.StreamStart) error {
	fields := start.Arguments.GetFields()
	chunks, data := int64(fields["chunks"].GetNumberValue()), make([]byte, int(fields["size"].GetNumberValue()))
	for i := range chunks {
		chunk := &messages.StreamChunk{StreamId: start.StreamId, Data: data, ContentType: "application/octet-stream", Sequence: i}
		if err := writeResponse(to, &messages.PluginResponse{
			RequestId: requestID, Response: &messages.PluginResponse_StreamChunk{StreamChunk: chunk}}); err != nil {
			return err
		}
	}
	return writeResponse(to, &messages.PluginResponse{RequestId: requestID, Response: &messages.PluginResponse_StreamEnd{
		StreamEnd: &messages.StreamEnd{StreamId: start.StreamId, Success: true, TotalChunks: chunks}}})
}
