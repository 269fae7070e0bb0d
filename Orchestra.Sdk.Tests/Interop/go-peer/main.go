// Command go-peer is an independent peer of the plugin protocol for the interop tests: quic-go, crypto/tls and
// crypto/ed25519. It plays a plugin's server or its orchestrator, and can misbehave in either part.
//
//	go-peer server --certs-dir DIR [flags]
//	go-peer client --certs-dir DIR [flags]
//	go-peer bench --certs-dir DIR
//	go-peer certificates --certs-dir DIR NAME...
//
// Server, client and bench read one JSON command a line from stdin and answer each with one line on stdout; they end with stdin.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "go-peer:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("usage: go-peer server|client|bench|certificates --certs-dir DIR [flags]")
	}

	switch mode, rest := arguments[0], arguments[1:]; mode {
	case "server":
		return runServer(rest)
	case "client":
		return runClient(rest)
	case "bench":
		return runBench(rest)
	case "certificates":
		return runCertificates(rest)
	default:
		return fmt.Errorf("unknown mode %q", mode)
	}
}
