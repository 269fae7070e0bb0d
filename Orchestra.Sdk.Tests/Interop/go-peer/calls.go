package main

import (
	"errors"
	"fmt"
	"orchestra/messages"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// stall is how long no call may take.
const stall = 5 * time.Second

// callsArguments asks for calls: Count of them, or for Seconds, by Callers at once. Each call is different, and its answer is
// verified: `echo` of a text of Size bytes, or any tool whose Arguments and Expected result have the call's number at every {n}.
type callsArguments struct {
	target
	Count     int64
	Seconds   float64
	Callers   int
	Size      int
	Frame     int // instead of Size: how long the request's message shall be, exactly
	Tool      string
	Arguments string
	Expected  string
	LateFIN   bool // the FIN comes after the payload, in a frame of its own
}

type callsReport struct {
	Calls          int64         `json:"calls"`
	Failed         int64         `json:"failed"`
	Error          *errorDetails `json:"error"` // of the first that failed
	Seconds        float64       `json:"seconds"`
	CallsPerSecond float64       `json:"callsPerSecond"`
	Stalls         int64         `json:"stalls"` // calls that took more than 5 seconds
	MedianSeconds  float64       `json:"medianSeconds"`
	P99Seconds     float64       `json:"p99Seconds"`
	MaximumSeconds float64       `json:"maximumSeconds"`
	CPUSeconds     float64       `json:"cpuSeconds"`
}

func (c *client) calls(arguments callsArguments) (callsReport, error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return callsReport{}, err
	}
	load := load{arguments: arguments, connection: connection, started: time.Now()}
	cpu := cpuSeconds()
	var callers sync.WaitGroup
	for range max(arguments.Callers, 1) {
		callers.Add(1)
		go func() {
			defer callers.Done()
			load.run()
		}()
	}
	callers.Wait()
	report := load.report()
	report.CPUSeconds = cpuSeconds() - cpu
	return report, nil
}

// load is one run of many callers.
type load struct {
	arguments  callsArguments
	connection *outgoing
	started    time.Time
	next       atomic.Int64
	mutex      sync.Mutex
	latencies  []time.Duration
	failed     int64
	first      error
}

// run is one caller: it goes on until the count or the time is over, or the connection is.
func (l *load) run() {
	var latencies []time.Duration
	for {
		number := l.next.Add(1)
		if l.arguments.Count > 0 && number > l.arguments.Count ||
			l.arguments.Seconds > 0 && time.Since(l.started).Seconds() >= l.arguments.Seconds ||
			l.connection.Context().Err() != nil {
			break
		}
		begin := time.Now()
		err := l.call(number)
		latencies = append(latencies, time.Since(begin))
		if err != nil {
			l.fail(err)
		}
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.latencies = append(l.latencies, latencies...)
}

func (l *load) fail(err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.failed++
	if l.first == nil {
		l.first = err
	}
}

func (l *load) report() callsReport {
	slices.Sort(l.latencies)
	elapsed := time.Since(l.started).Seconds()
	report := callsReport{
		Calls: int64(len(l.latencies)), Failed: l.failed, Error: describe(l.first), Seconds: elapsed,
		CallsPerSecond: float64(len(l.latencies)) / elapsed,
	}
	if count := len(l.latencies); count > 0 {
		report.MedianSeconds = l.latencies[count/2].Seconds()
		report.P99Seconds = l.latencies[count*99/100].Seconds()
		report.MaximumSeconds = l.latencies[count-1].Seconds()
		for report.Stalls < int64(count) && l.latencies[int64(count)-1-report.Stalls] > stall {
			report.Stalls++
		}
	}
	return report
}

func (l *load) call(number int64) error {
	arguments, expected, err := l.texts(number)
	if err != nil {
		return err
	}
	request := toolCall(number, l.arguments.Tool, arguments)
	response, err := l.connection.call(request, l.arguments.LateFIN)
	if err != nil {
		return err
	}
	result := response.GetToolCall()
	if !result.GetSuccess() {
		return fmt.Errorf("call %d: %s: %s", number, result.GetErrorCode(), result.GetErrorMessage())
	}
	if !proto.Equal(result.Result, expected) {
		return fmt.Errorf("call %d got another result than it should", number)
	}
	return nil
}

// texts gives a call's arguments and the result that it must have.
func (l *load) texts(number int64) (arguments, expected *structpb.Struct, err error) {
	if l.arguments.Arguments == "" {
		size := l.arguments.Size
		if l.arguments.Frame > 0 {
			if size, err = sizeFor(number, l.arguments.Tool, l.arguments.Frame); err != nil {
				return nil, nil, err
			}
		}
		arguments = echoArguments(number, size)
		return arguments, arguments, nil
	}

	digits := strconv.FormatInt(number, 10)
	arguments, expected = new(structpb.Struct), new(structpb.Struct)
	return arguments, expected, errors.Join(
		arguments.UnmarshalJSON([]byte(strings.ReplaceAll(l.arguments.Arguments, "{n}", digits))),
		expected.UnmarshalJSON([]byte(strings.ReplaceAll(l.arguments.Expected, "{n}", digits))))
}

// echoArguments differ from call to call, whatever their size.
func echoArguments(number int64, size int) *structpb.Struct {
	return &structpb.Struct{Fields: map[string]*structpb.Value{
		"n": structpb.NewNumberValue(float64(number)), "text": structpb.NewStringValue(letters(number, size))}}
}

func toolCall(number int64, tool string, arguments *structpb.Struct) *messages.PluginRequest {
	if tool == "" {
		tool = "echo"
	}
	return &messages.PluginRequest{
		RequestId: fmt.Sprintf("call-%d", number),
		Request:   &messages.PluginRequest_ToolCall{ToolCall: &messages.ToolRequest{ToolName: tool, Arguments: arguments}},
	}
}

// sizeFor finds the text's size that makes the request as long as wanted.
func sizeFor(number int64, tool string, wanted int) (int, error) {
	size := wanted
	for range 4 {
		length := proto.Size(toolCall(number, tool, echoArguments(number, size)))
		if length == wanted {
			return size, nil
		}
		size = max(0, size+wanted-length)
	}
	return 0, fmt.Errorf("no request is exactly %d bytes long", wanted)
}
