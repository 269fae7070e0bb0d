package main

import (
	"context"
	"errors"

	"github.com/quic-go/quic-go"
)

// errorDetails is an error as the tests see it: codes are numbers, and it says which side raised it.
type errorDetails struct {
	Kind   string `json:"kind"` // transport, application, stream, idle, handshake_timeout, version, reset, deadline or other
	Code   uint64 `json:"code"`
	Remote bool   `json:"remote"`
	Text   string `json:"text"`
}

func describe(err error) *errorDetails {
	if err == nil {
		return nil
	}
	details := &errorDetails{Kind: "other", Text: err.Error()}
	var transport *quic.TransportError
	var application *quic.ApplicationError
	var stream *quic.StreamError
	var idle *quic.IdleTimeoutError
	var handshake *quic.HandshakeTimeoutError
	var version *quic.VersionNegotiationError
	var reset *quic.StatelessResetError
	switch {
	case errors.As(err, &transport):
		details.Kind, details.Code, details.Remote = "transport", uint64(transport.ErrorCode), transport.Remote
	case errors.As(err, &application):
		details.Kind, details.Code, details.Remote = "application", uint64(application.ErrorCode), application.Remote
	case errors.As(err, &stream):
		details.Kind, details.Code, details.Remote = "stream", uint64(stream.ErrorCode), stream.Remote
	case errors.As(err, &idle):
		details.Kind = "idle"
	case errors.As(err, &handshake):
		details.Kind = "handshake_timeout"
	case errors.As(err, &version):
		details.Kind = "version"
	case errors.As(err, &reset):
		details.Kind, details.Remote = "reset", true
	case errors.Is(err, context.DeadlineExceeded):
		details.Kind = "deadline"
	}
	return details
}
