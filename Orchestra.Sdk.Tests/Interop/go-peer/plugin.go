package main

import (
	"context"
	"encoding/json"
	"fmt"
	"orchestra/messages"
	"sync"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// What is kept of the requests: there are tests with a great many, and with large ones.
const (
	maxSeen     = 100
	maxSeenSize = 64 << 10
)

// plugin answers requests as Go's plugins do.
type plugin struct {
	id      string
	storage storage

	mutex   sync.Mutex
	running map[string]context.CancelFunc
	seen    []json.RawMessage
}

// note keeps a request for the command seen.
func (p *plugin) note(request *messages.PluginRequest) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.seen) == maxSeen || proto.Size(request) > maxSeenSize {
		return
	}
	if text, err := (protojson.MarshalOptions{UseProtoNames: true}).Marshal(request); err == nil {
		p.seen = append(p.seen, text)
	}
}

type seenReport struct {
	Requests []json.RawMessage `json:"requests"`
}

// requests gives what came, as protobuf's JSON, in the names of the .proto: the first ones only.
func (p *plugin) requests(struct{}) (seenReport, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return seenReport{append([]json.RawMessage{}, p.seen...)}, nil
}

func newPlugin() plugin {
	return plugin{storage: storage{entries: map[string]*entry{}}, running: map[string]context.CancelFunc{}}
}

// answer gives the response to all but stream_start; stream_cancel has none.
func (p *plugin) answer(request *messages.PluginRequest) *messages.PluginResponse {
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
		response.Response = &messages.PluginResponse_ListTools{ListTools: &messages.ListToolsResponse{Tools: tools()}}
	case *messages.PluginRequest_ToolCall:
		response.Response = &messages.PluginResponse_ToolCall{ToolCall: callTool(r.ToolCall)}
	case *messages.PluginRequest_ListPrompts:
		response.Response = &messages.PluginResponse_ListPrompts{ListPrompts: &messages.ListPromptsResponse{
			Prompts: []*messages.PromptDefinition{{Name: "review", Description: "Asks for a review."}}}}
	case *messages.PluginRequest_PromptGet:
		response.Response = &messages.PluginResponse_PromptGet{PromptGet: getPrompt(r.PromptGet)}
	case *messages.PluginRequest_StorageRead:
		response.Response = &messages.PluginResponse_StorageRead{StorageRead: p.storage.read(r.StorageRead)}
	case *messages.PluginRequest_StorageWrite:
		response.Response = &messages.PluginResponse_StorageWrite{StorageWrite: p.storage.write(r.StorageWrite)}
	case *messages.PluginRequest_StorageDelete:
		response.Response = &messages.PluginResponse_StorageDelete{StorageDelete: p.storage.delete(r.StorageDelete)}
	case *messages.PluginRequest_StorageList:
		response.Response = &messages.PluginResponse_StorageList{StorageList: p.storage.list(r.StorageList)}
	case *messages.PluginRequest_StreamCancel:
		p.cancel(r.StreamCancel.StreamId)
		return nil
	case *messages.PluginRequest_Subscribe:
		response.Response = &messages.PluginResponse_EventDelivery{EventDelivery: &messages.EventDelivery{
			SubscriptionId: r.Subscribe.SubscriptionId, Topic: r.Subscribe.Topic}}
	case *messages.PluginRequest_Unsubscribe, *messages.PluginRequest_Publish:
	default:
		response.Response = failed("unknown_request", "unrecognized request type")
	}
	return response
}

func failed(code, message string) *messages.PluginResponse_ToolCall {
	return &messages.PluginResponse_ToolCall{ToolCall: &messages.ToolResponse{ErrorCode: code, ErrorMessage: message}}
}

func tools() []*messages.ToolDefinition {
	anything, _ := structpb.NewStruct(map[string]any{"type": "object"})
	return []*messages.ToolDefinition{
		{Name: "echo", Description: "Returns its arguments.", InputSchema: anything},
		{Name: "greet", Description: "Greets by name.", InputSchema: anything},
		{Name: "fail", Description: "Always fails.", InputSchema: anything},
		{Name: "count", Description: "Streams `to` chunks of `size` bytes.", InputSchema: anything},
	}
}

func callTool(call *messages.ToolRequest) *messages.ToolResponse {
	switch call.ToolName {
	case "echo":
		return &messages.ToolResponse{Success: true, Result: call.Arguments}
	case "greet":
		text, _ := structpb.NewStruct(map[string]any{"text": "Hello, " + call.Arguments.GetFields()["name"].GetStringValue() + "!"})
		return &messages.ToolResponse{Success: true, Result: text}
	case "fail":
		return &messages.ToolResponse{ErrorCode: "handler_error", ErrorMessage: "failed as asked"}
	default:
		return &messages.ToolResponse{ErrorCode: "tool_not_found", ErrorMessage: fmt.Sprintf("tool %q not found", call.ToolName)}
	}
}

func getPrompt(request *messages.PromptGetRequest) *messages.PromptGetResponse {
	if request.PromptName != "review" {
		return &messages.PromptGetResponse{Description: fmt.Sprintf("prompt %q not found", request.PromptName)}
	}
	return &messages.PromptGetResponse{Description: "Asks for a review.", Messages: []*messages.PromptMessage{{
		Role: "user", Content: &messages.ContentBlock{Type: "text", Text: "Review this: " + request.Arguments["code"]}}}}
}
