package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/quic-go/quic-go"
)

// patience ends what would hang.
const patience = 30 * time.Second

// client plays an orchestrator: it dials, calls, and misbehaves if told to. Commands name the connection they mean; without a
// name it is the one dialed last.
type client struct {
	folder      string
	name        string
	statistics  registry
	shared      *quic.Transport
	connections []*outgoing
}

// outgoing is a connection that was dialed.
type outgoing struct {
	quic.Connection
	activity *activity
}

// target is part of every command about a connection; they are numbered from 1.
type target struct{ Connection int }

func runClient(arguments []string) error {
	c := &client{}
	flags := flag.NewFlagSet("client", flag.ContinueOnError)
	flags.StringVar(&c.folder, "certs-dir", "", "folder of ca.crt, ca.key and the leaves")
	flags.StringVar(&c.name, "name", "orchestrator-to-peer", "the client's leaf")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	return drive(map[string]string{}, map[string]command{
		"dial":       on(c.dial),
		"close":      on(c.close),
		"waitClosed": on(c.waitClosed),
		"exchange":   on(c.exchange),
		"bytes":      on(c.bytes),
		"calls":      on(c.calls),
		"hold":       on(c.hold),
		"abort":      on(c.abort),
		"stream":     on(c.stream),
		"bulk":       on(c.bulk),
		"fleet":      on(c.fleet),
		"stats":      on(c.statistics.report),
	})
}

type dialArguments struct {
	tlsOptions
	Address       string
	Shared        bool // from one socket for all, with connection ids; else a socket and an empty id each, as Go's programs do
	Probe         bool // make a call, so that a refusal by the server is seen: in TLS 1.3 it comes after the client is done
	IdleSeconds   float64
	KeepAliveless bool
}

type dialReport struct {
	Connection  int    `json:"connection"`
	Protocol    string `json:"protocol"`
	CipherSuite uint16 `json:"cipherSuite"`
	PeerName    string `json:"peerName"`
}

func (c *client) dial(arguments dialArguments) (dialReport, error) {
	connection, err := c.connect(arguments)
	if err != nil {
		return dialReport{}, err
	}
	c.connections = append(c.connections, connection)
	state := connection.ConnectionState().TLS
	return dialReport{
		Connection: len(c.connections), Protocol: state.NegotiatedProtocol, CipherSuite: state.CipherSuite,
		PeerName: state.PeerCertificates[0].Subject.CommonName,
	}, nil
}

func (c *client) connect(arguments dialArguments) (*outgoing, error) {
	if arguments.Name == "" {
		arguments.Name = c.name
	}
	tlsConfig, err := arguments.config(c.folder)
	if err != nil {
		return nil, err
	}
	config := &quic.Config{MaxIdleTimeout: 5 * time.Minute, KeepAlivePeriod: 15 * time.Second, Tracer: c.statistics.trace}
	if arguments.IdleSeconds > 0 {
		config.MaxIdleTimeout = time.Duration(arguments.IdleSeconds * float64(time.Second))
	}
	if arguments.KeepAliveless {
		config.KeepAlivePeriod = 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()

	var connection quic.Connection
	if arguments.Shared {
		connection, err = c.dialShared(ctx, arguments.Address, tlsConfig, config)
	} else {
		connection, err = quic.DialAddr(ctx, arguments.Address, tlsConfig, config)
	}
	if err != nil {
		return nil, err
	}
	dialed := &outgoing{connection, &c.statistics.of(connection.Context()).activity}
	name := connection.ConnectionState().TLS.PeerCertificates[0].Subject.CommonName
	dialed.activity.peerName.Store(&name)
	if arguments.Probe {
		err = dialed.probe()
	}
	return dialed, err
}

func (c *client) find(t target) (*outgoing, error) {
	if t.Connection == 0 {
		t.Connection = len(c.connections)
	}
	if t.Connection < 1 || t.Connection > len(c.connections) {
		return nil, fmt.Errorf("there is no connection %d", t.Connection)
	}
	return c.connections[t.Connection-1], nil
}

type closeArguments struct {
	target
	Code uint64
	Text string
}

func (c *client) close(arguments closeArguments) (struct{}, error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, connection.CloseWithError(quic.ApplicationErrorCode(arguments.Code), arguments.Text)
}

type waitArguments struct {
	target
	Seconds float64
}

type waitReport struct {
	Closed *errorDetails `json:"closed"` // null while it lives
}

// waitClosed tells how a connection ended, within the time given.
func (c *client) waitClosed(arguments waitArguments) (waitReport, error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return waitReport{}, err
	}
	select {
	case <-connection.Context().Done():
		return waitReport{describe(context.Cause(connection.Context()))}, nil
	case <-time.After(time.Duration(arguments.Seconds * float64(time.Second))):
		return waitReport{}, nil
	}
}
