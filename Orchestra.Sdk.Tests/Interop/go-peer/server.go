package main

import (
	"context"
	"flag"
	"net"
	"time"

	"github.com/quic-go/quic-go"
)

// server plays a plugin, or serves raw streams, on one UDP socket.
type server struct {
	statistics registry
	plugin     plugin
	raw        bool
	failure    failure
	readFIN    bool
}

func runServer(arguments []string) error {
	var identity tlsOptions
	s := &server{plugin: newPlugin()}
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	folder := flags.String("certs-dir", "", "folder of ca.crt, ca.key and the leaves")
	address := flags.String("listen", "127.0.0.1:0", "UDP address")
	flags.StringVar(&s.plugin.id, "id", "go.peer", "the plugin's id and the name of its leaf")
	flags.StringVar(&identity.Protocol, "alpn", "", "instead of orchestra-plugin; none for none")
	flags.StringVar(&identity.Identity, "identity", "own", "own, foreign or expired")
	flags.StringVar(&identity.Trust, "trust", "own", "own or foreign")
	flags.StringVar(&identity.ClientAuth, "client-auth", "given", "require, given (as Go's plugins) or none (as Rust's)")
	flags.StringVar((*string)(&s.failure), "fail-mode", "", "what happens to requests instead of an answer; see failure.go")
	flags.BoolVar(&s.raw, "raw", false, "serve raw streams, see raw.go")
	flags.BoolVar(&s.readFIN, "read-fin", false, "read a request's FIN, which Go's plugins do not")
	retry := flags.Bool("retry", false, "validate every address with a Retry packet")
	idle := flags.Duration("idle-timeout", 5*time.Minute, "of a connection")
	keepAlive := flags.Duration("keep-alive", 15*time.Second, "period of PING")
	streams := flags.Int64("max-streams", 100, "that a client may have open at once")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if err := s.failure.check(); err != nil {
		return err
	}

	identity.Name = s.plugin.id
	tlsConfig, err := identity.config(*folder)
	if err != nil {
		return err
	}
	endpoint, err := net.ResolveUDPAddr("udp", *address)
	if err != nil {
		return err
	}
	socket, err := net.ListenUDP("udp", endpoint)
	if err != nil {
		return err
	}
	defer socket.Close()

	transport := &quic.Transport{Conn: socket, VerifySourceAddress: func(net.Addr) bool { return *retry }}
	defer transport.Close()
	listener, err := transport.Listen(tlsConfig, &quic.Config{
		MaxIdleTimeout:     *idle,
		KeepAlivePeriod:    *keepAlive,
		MaxIncomingStreams: *streams,
		Tracer:             s.statistics.trace,
	})
	if err != nil {
		return err
	}
	go s.accept(listener)
	return drive(map[string]string{"address": listener.Addr().String()}, map[string]command{
		"stats": on(s.statistics.report),
		"seen":  on(s.plugin.requests),
	})
}

func (s *server) accept(listener *quic.Listener) {
	for {
		connection, err := listener.Accept(context.Background())
		if err != nil {
			return
		}
		go s.serve(connection)
	}
}

func (s *server) serve(connection quic.Connection) {
	activity := &s.statistics.of(connection.Context()).activity
	if chain := connection.ConnectionState().TLS.PeerCertificates; len(chain) > 0 {
		activity.peerName.Store(&chain[0].Subject.CommonName)
	}
	for {
		stream, err := connection.AcceptStream(context.Background())
		if err != nil {
			return
		}
		activity.streams.Add(1)
		activity.open.Add(1)
		go func() {
			defer activity.open.Add(-1)
			switch {
			case s.failure != "":
				s.failure.happen(connection, stream)
			case s.raw:
				serveRaw(stream)
			default:
				s.exchange(stream, activity)
			}
		}()
	}
}
