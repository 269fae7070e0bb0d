package main

import (
	"context"
	"fmt"
	"orchestra/messages"
)

// starting notes a streaming call, so that a stream_cancel on any stream finds it.
func (p *plugin) starting(streamID string) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.running[streamID] = cancel
	return ctx
}

func (p *plugin) finished(streamID string) {
	p.cancel(streamID)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.running, streamID)
}

func (p *plugin) cancel(streamID string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if cancel, ok := p.running[streamID]; ok {
		cancel()
	}
}

// stream runs the tool `count`: chunks numbered from 0, each `size` bytes of the pattern, then the end. Without `to` it goes on
// until it is canceled.
func (p *plugin) stream(
	request *messages.PluginRequest, ctx context.Context, activity *activity, send func(*messages.PluginResponse) error,
) error {
	start := request.GetStreamStart()
	end := &messages.StreamEnd{StreamId: start.StreamId}
	if start.ToolName != "count" {
		end.ErrorCode, end.ErrorMessage = "tool_not_found", fmt.Sprintf("tool %q not found", start.ToolName)
	} else {
		fields := start.Arguments.GetFields()
		to, limited := fields["to"]
		size := min(int64(fields["size"].GetNumberValue()), patternBlock)
		for end.Success = true; !limited || end.TotalChunks < int64(to.GetNumberValue()); end.TotalChunks++ {
			if ctx.Err() != nil {
				activity.cancelled.Add(1)
				end.Success, end.ErrorCode, end.ErrorMessage = false, "handler_error", ctx.Err().Error()
				break
			}
			chunk := &messages.StreamChunk{
				StreamId: start.StreamId, Data: pattern[:size], ContentType: "application/octet-stream", Sequence: end.TotalChunks}
			if err := send(&messages.PluginResponse{
				RequestId: request.RequestId, Response: &messages.PluginResponse_StreamChunk{StreamChunk: chunk}}); err != nil {
				return err
			}
			activity.chunks.Add(1)
		}
	}
	return send(&messages.PluginResponse{
		RequestId: request.RequestId, Response: &messages.PluginResponse_StreamEnd{StreamEnd: end}})
}
