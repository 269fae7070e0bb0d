package main

import (
	"context"
	"fmt"
	"orchestra/messages"
	"sync"

	"google.golang.org/protobuf/types/known/structpb"
)

// plugin answers requests as Go's plugins do.
type plugin struct {
	id      string
	storage storage

	mutex   sync.Mutex
	running map[string]context.CancelFunc
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
		response.Response = &messages.PluginResponse_ListPrompts{ListPrompts: &messages.ListPromptsResponse{}}
	case *messages.PluginRequest_PromptGet:
		response.Response = &messages.PluginResponse_PromptGet{
			PromptGet: &messages.PromptGetResponse{Description: fmt.Sprintf("prompt %q not found", r.PromptGet.PromptName)}}
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
		{Name: "fail", Description: "Always fails.", InputSchema: anything},
		{Name: "count", Description: "Streams `to` chunks of `size` bytes.", InputSchema: anything},
	}
}

func callTool(call *messages.ToolRequest) *messages.ToolResponse {
	switch call.ToolName {
	case "echo":
		return &messages.ToolResponse{Success: true, Result: call.Arguments}
	case "fail":
		return &messages.ToolResponse{ErrorCode: "handler_error", ErrorMessage: "failed as asked"}
	default:
		return &messages.ToolResponse{ErrorCode: "tool_not_found", ErrorMessage: fmt.Sprintf("tool %q not found", call.ToolName)}
	}
}
