package main

import (
	"context"
	"crypto/tls"
	"net"

	"github.com/quic-go/quic-go"
)

// dialShared dials from the one socket that all such connections have in common.
func (c *client) dialShared(
	ctx context.Context, address string, tlsConfig *tls.Config, config *quic.Config,
) (quic.Connection, error) {
	if c.shared == nil {
		socket, err := net.ListenUDP("udp", nil)
		if err != nil {
			return nil, err
		}
		c.shared = &quic.Transport{Conn: socket}
	}
	remote, err := net.ResolveUDPAddr("udp", address)
	if err != nil {
		return nil, err
	}
	if tlsConfig.ServerName == "" {
		// quic.DialAddr does this by itself.
		if tlsConfig.ServerName, _, err = net.SplitHostPort(address); err != nil {
			return nil, err
		}
	}
	return c.shared.Dial(ctx, remote, tlsConfig, config)
}
