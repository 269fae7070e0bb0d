// Without a module Go would behave as years ago.
//
//go:debug default=go1.23

// Command go-plugin does what examples/Greeter and our plugin for benchmarks do, as a plugin in Go does it and no more: quic-go,
// crypto/tls, protobuf. It is what our published plugins are measured against.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/quic-go/quic-go"
)

// manifest has the keys and the order that the protocol gives it.
type manifest struct {
	ID                string   `json:"id"`
	Version           string   `json:"version"`
	Description       string   `json:"description"`
	Author            string   `json:"author"`
	Language          string   `json:"language"`
	ProvidesTools     []string `json:"provides_tools"`
	ProvidesStorage   []string `json:"provides_storage"`
	ProvidesTransport []string `json:"provides_transport"`
	ProvidesAI        []string `json:"provides_ai"`
	ProvidesPrompts   []string `json:"provides_prompts"`
	NeedsStorage      []string `json:"needs_storage"`
	NeedsAI           []string `json:"needs_ai"`
	NeedsTools        []string `json:"needs_tools"`
}

var self = manifest{
	ID: "tools.greet", Version: "0.1.0", Description: "A greeting plugin.", Language: "go", ProvidesTools: []string{"greet"},
	ProvidesStorage: []string{}, ProvidesTransport: []string{}, ProvidesAI: []string{}, ProvidesPrompts: []string{},
	NeedsStorage: []string{}, NeedsAI: []string{}, NeedsTools: []string{},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "go-plugin:", err)
		os.Exit(1)
	}
}

func run() error {
	address := flag.String("listen-addr", "localhost:0", "UDP address to serve on")
	folder := flag.String("certs-dir", "", "folder of ca.crt, ca.key and the leaves")
	describe := flag.Bool("manifest", false, "print the manifest and exit")
	flag.Parse()
	if *describe {
		return json.NewEncoder(os.Stdout).Encode(self)
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	config, err := serverConfig(*folder, self.ID)
	if err != nil {
		return err
	}
	listener, err := quic.ListenAddr(*address, config, &quic.Config{MaxIdleTimeout: 5 * time.Minute, KeepAlivePeriod: 15 * time.Second})
	if err != nil {
		return err
	}
	defer listener.Close()
	fmt.Fprintln(os.Stderr, "READY", listener.Addr().(*net.UDPAddr))
	for {
		connection, err := listener.Accept(ctx)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return err
		}
		go serve(ctx, connection)
	}
}

func serve(ctx context.Context, connection quic.Connection) {
	for {
		stream, err := connection.AcceptStream(ctx)
		if err != nil {
			return
		}
		go func() {
			defer stream.Close()
			request, err := readRequest(stream)
			if err != nil {
				return
			}
			// The FIN may come in a frame of its own; unread, it would keep the stream's credit.
			stream.Read(make([]byte, 1))
			if start := request.GetStreamStart(); start != nil {
				count(stream, request.RequestId, start)
				return
			}
			writeResponse(stream, answer(request))
		}()
	}
}
