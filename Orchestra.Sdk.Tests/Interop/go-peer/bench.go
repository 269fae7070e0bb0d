package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"orchestra/messages"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/quic-go/quic-go"
	"google.golang.org/protobuf/types/known/structpb"
)

// bench is the client that a program on the Go SDK is, and no more: no tracer, no notes, no deadlines. It measures plugins that have
// the tools `echo` (of a text) and `count` (a stream of chunks).
type bench struct {
	tls        *tls.Config
	address    string
	connection quic.Connection
}

func runBench(arguments []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	folder := flags.String("certs-dir", "", "folder of ca.crt, ca.key and the leaves")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	config, err := tlsOptions{Name: "orchestrator-to-bench"}.config(*folder)
	if err != nil {
		return err
	}
	b := &bench{tls: config}
	return drive(map[string]string{}, map[string]command{
		"dial": on(b.dial), "calls": on(b.calls), "stream": on(b.stream), "connects": on(b.connects),
	})
}

func (b *bench) connect() (quic.Connection, error) {
	return quic.DialAddr(context.Background(), b.address, b.tls,
		&quic.Config{MaxIdleTimeout: 5 * time.Minute, KeepAlivePeriod: 15 * time.Second})
}

func (b *bench) dial(arguments struct{ Address string }) (result struct{}, err error) {
	b.address = arguments.Address
	b.connection, err = b.connect()
	return result, err
}

type benchReport struct {
	Count         int64   `json:"count"` // calls, bytes or connections
	Seconds       float64 `json:"seconds"`
	MedianSeconds float64 `json:"medianSeconds"`
	P99Seconds    float64 `json:"p99Seconds"`
	CPUSeconds    float64 `json:"cpuSeconds"`
}

func (b *bench) calls(arguments struct {
	Seconds       float64
	Callers, Size int
}) (benchReport, error) {
	text := strings.Repeat("x", arguments.Size)
	latencies := make([][]time.Duration, arguments.Callers)
	var failure atomic.Pointer[error]
	var callers sync.WaitGroup
	cpu, started := cpuSeconds(), time.Now()
	end := started.Add(time.Duration(arguments.Seconds * float64(time.Second)))
	for i := range latencies {
		callers.Add(1)
		go func() {
			defer callers.Done()
			for begin := time.Now(); begin.Before(end); {
				if err := echo(b.connection, i, text); err != nil {
					failure.Store(&err)
					return
				}
				now := time.Now()
				latencies[i] = append(latencies[i], now.Sub(begin))
				begin = now
			}
		}()
	}
	callers.Wait()
	report := benchReport{Seconds: time.Since(started).Seconds(), CPUSeconds: cpuSeconds() - cpu}
	all := slices.Concat(latencies...)
	if err := failure.Load(); err != nil {
		return report, *err
	}
	if len(all) == 0 {
		return report, errors.New("no time for a call")
	}
	slices.Sort(all)
	report.Count = int64(len(all))
	report.MedianSeconds, report.P99Seconds = all[len(all)/2].Seconds(), all[len(all)*99/100].Seconds()
	return report, nil
}

func echo(connection quic.Connection, caller int, text string) error {
	response, err := exchange(connection, &messages.PluginRequest{
		RequestId: strconv.Itoa(caller),
		Request: &messages.PluginRequest_ToolCall{ToolCall: &messages.ToolRequest{
			ToolName:  "echo",
			Arguments: &structpb.Struct{Fields: map[string]*structpb.Value{"text": structpb.NewStringValue(text)}},
		}},
	})
	if err == nil && response.GetToolCall().GetResult().GetFields()["text"].GetStringValue() != text {
		return errors.New("echo gave another text")
	}
	return err
}

// exchange is a request and its one response.
func exchange(connection quic.Connection, request *messages.PluginRequest) (*messages.PluginResponse, error) {
	stream, err := connection.OpenStreamSync(context.Background())
	if err != nil {
		return nil, err
	}
	if err := writeMessage(stream, request); err != nil {
		return nil, err
	}
	if err := stream.Close(); err != nil {
		return nil, err
	}
	response := new(messages.PluginResponse)
	if err := readMessage(stream, response); err != nil {
		return nil, err
	}
	// Without this the stream is never done.
	stream.Read(make([]byte, 1))
	return response, nil
}

func (b *bench) stream(arguments struct{ Chunks, Size int }) (benchReport, error) {
	cpu, started := cpuSeconds(), time.Now()
	stream, err := b.connection.OpenStreamSync(context.Background())
	if err != nil {
		return benchReport{}, err
	}
	start := &messages.StreamStart{StreamId: "s", ToolName: "count", Arguments: &structpb.Struct{Fields: map[string]*structpb.Value{
		"chunks": structpb.NewNumberValue(float64(arguments.Chunks)), "size": structpb.NewNumberValue(float64(arguments.Size))}}}
	request := &messages.PluginRequest{RequestId: "s", Request: &messages.PluginRequest_StreamStart{StreamStart: start}}
	if err := errors.Join(writeMessage(stream, request), stream.Close()); err != nil {
		return benchReport{}, err
	}
	report := benchReport{}
	for {
		response := new(messages.PluginResponse)
		if err := readMessage(stream, response); err != nil {
			return report, err
		}
		if end := response.GetStreamEnd(); end != nil {
			report.Seconds, report.CPUSeconds = time.Since(started).Seconds(), cpuSeconds()-cpu
			if report.Count != int64(arguments.Chunks)*int64(arguments.Size) {
				return report, errors.New("count gave too few bytes")
			}
			return report, nil
		}
		report.Count += int64(len(response.GetStreamChunk().GetData()))
	}
}

// connects makes connections one after the other, each with one call.
func (b *bench) connects(arguments struct{ Seconds float64 }) (report benchReport, err error) {
	cpu, started := cpuSeconds(), time.Now()
	for time.Since(started).Seconds() < arguments.Seconds {
		connection, err := b.connect()
		if err == nil {
			err = echo(connection, 0, "x")
		}
		if err != nil {
			return report, err
		}
		if err := connection.CloseWithError(0, ""); err != nil {
			return report, err
		}
		report.Count++
	}
	report.Seconds, report.CPUSeconds = time.Since(started).Seconds(), cpuSeconds()-cpu
	return report, nil
}
