package main

import (
	"context"
	"errors"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/logging"
)

// connectionStatistics is what is known of one connection, the ones included whose handshake failed.
type connectionStatistics struct {
	remote          atomic.Pointer[string]
	closed          atomic.Pointer[errorDetails]
	keyUpdates      atomic.Int64 // started by this side
	keyUpdatesSeen  atomic.Int64 // started by the other
	sent, received  atomic.Int64 // packets with a short header
	lost            atomic.Int64
	retries         atomic.Int64
	maximumDatagram atomic.Int64
	activity        activity
}

// activity is counted by those who use the connection's streams.
type activity struct {
	streams   atomic.Int64 // opened by the peer
	open      atomic.Int64 // of them, those still in work
	requests  atomic.Int64
	chunks    atomic.Int64
	reset     atomic.Int64 // streams whose sender gave up
	stopped   atomic.Int64 // streams whose reader gave up
	lastCode  atomic.Uint64
	peerName  atomic.Pointer[string]
	cancelled atomic.Int64 // streaming calls ended by stream_cancel
}

// count notes how a stream failed.
func (a *activity) count(err error, reading bool) {
	var stream *quic.StreamError
	if !errors.As(err, &stream) || !stream.Remote {
		return
	}
	a.lastCode.Store(uint64(stream.ErrorCode))
	if reading {
		a.reset.Add(1)
	} else {
		a.stopped.Add(1)
	}
}

type connectionReport struct {
	Remote          string        `json:"remote"`
	PeerName        string        `json:"peerName"` // of its certificate
	Closed          *errorDetails `json:"closed"`
	KeyUpdates      int64         `json:"keyUpdates"`
	KeyUpdatesSeen  int64         `json:"keyUpdatesSeen"`
	PacketsSent     int64         `json:"packetsSent"`
	PacketsReceived int64         `json:"packetsReceived"`
	PacketsLost     int64         `json:"packetsLost"`
	Retries         int64         `json:"retries"`
	MaximumDatagram int64         `json:"maximumDatagram"`
	Streams         int64         `json:"streams"`
	OpenStreams     int64         `json:"openStreams"`
	Requests        int64         `json:"requests"`
	Chunks          int64         `json:"chunks"`
	StreamsReset    int64         `json:"streamsReset"`
	StreamsStopped  int64         `json:"streamsStopped"`
	StreamsCanceled int64         `json:"streamsCanceled"`
	LastStreamCode  uint64        `json:"lastStreamCode"`
}

func (c *connectionStatistics) report() connectionReport {
	a := &c.activity
	report := connectionReport{
		Closed: c.closed.Load(), KeyUpdates: c.keyUpdates.Load(), KeyUpdatesSeen: c.keyUpdatesSeen.Load(),
		PacketsSent: c.sent.Load(), PacketsReceived: c.received.Load(), PacketsLost: c.lost.Load(), Retries: c.retries.Load(),
		MaximumDatagram: c.maximumDatagram.Load(), Streams: a.streams.Load(), OpenStreams: a.open.Load(),
		Requests: a.requests.Load(), Chunks: a.chunks.Load(), StreamsReset: a.reset.Load(), StreamsStopped: a.stopped.Load(),
		StreamsCanceled: a.cancelled.Load(), LastStreamCode: a.lastCode.Load(),
	}
	if remote := c.remote.Load(); remote != nil {
		report.Remote = *remote
	}
	if name := a.peerName.Load(); name != nil {
		report.PeerName = *name
	}
	return report
}

// registry keeps the statistics of all connections, in the order they came.
type registry struct {
	mutex sync.Mutex
	all   []*connectionStatistics
	byID  map[quic.ConnectionTracingID]*connectionStatistics
}

// of finds those of a connection by its context.
func (r *registry) of(ctx context.Context) *connectionStatistics {
	id, _ := ctx.Value(quic.ConnectionTracingKey).(quic.ConnectionTracingID)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.add(id)
}

func (r *registry) add(id quic.ConnectionTracingID) *connectionStatistics {
	if r.byID == nil {
		r.byID = map[quic.ConnectionTracingID]*connectionStatistics{}
	}
	c := r.byID[id]
	if c == nil {
		c = &connectionStatistics{}
		r.byID[id] = c
		r.all = append(r.all, c)
	}
	return c
}

// trace is quic.Config's Tracer.
func (r *registry) trace(ctx context.Context, _ logging.Perspective, _ quic.ConnectionID) *logging.ConnectionTracer {
	c := r.of(ctx)
	return &logging.ConnectionTracer{
		StartedConnection: func(_, remote net.Addr, _, _ logging.ConnectionID) {
			address := remote.String()
			c.remote.Store(&address)
		},
		ClosedConnection: func(err error) { c.closed.Store(describe(err)) },
		UpdatedKey: func(_ logging.KeyPhase, remote bool) {
			if remote {
				c.keyUpdatesSeen.Add(1)
			} else {
				c.keyUpdates.Add(1)
			}
		},
		SentShortHeaderPacket: func(*logging.ShortHeader, logging.ByteCount, logging.ECN, *logging.AckFrame, []logging.Frame) {
			c.sent.Add(1)
		},
		ReceivedShortHeaderPacket: func(*logging.ShortHeader, logging.ByteCount, logging.ECN, []logging.Frame) {
			c.received.Add(1)
		},
		LostPacket:    func(logging.EncryptionLevel, logging.PacketNumber, logging.PacketLossReason) { c.lost.Add(1) },
		ReceivedRetry: func(*logging.Header) { c.retries.Add(1) },
		UpdatedMTU:    func(size logging.ByteCount, _ bool) { c.maximumDatagram.Store(int64(size)) },
	}
}

type processReport struct {
	Connections []connectionReport `json:"connections"`
	CPUSeconds  float64            `json:"cpuSeconds"`
	HeapBytes   uint64             `json:"heapBytes"`
	Goroutines  int                `json:"goroutines"`
}

func (r *registry) report(struct{}) (processReport, error) {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	report := processReport{
		Connections: []connectionReport{}, CPUSeconds: cpuSeconds(), HeapBytes: memory.HeapAlloc, Goroutines: runtime.NumGoroutine(),
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, c := range r.all {
		report.Connections = append(report.Connections, c.report())
	}
	return report, nil
}

// cpuSeconds is what the process has used so far, in user and kernel.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}
