package main

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"fmt"
)

const protocolName = "orchestra-plugin"

// tlsOptions says who this side is, and how it misbehaves.
type tlsOptions struct {
	Name       string // of the leaf
	Identity   string // own, none, foreign (a leaf of another CA) or expired
	Trust      string // own, foreign (only another CA) or any
	Protocol   string // the ALPN; "none" for none
	ClientAuth string // server: require, given (verify only if given, as Go's plugins do) or none
	ServerName string // client: what the server's certificate must be for; the address dialed if empty
}

func (o tlsOptions) config(folder string) (*tls.Config, error) {
	authority, err := ensureAuthority(folder)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS13, ServerName: o.ServerName}
	switch o.Protocol {
	case "":
		config.NextProtos = []string{protocolName}
	case "none":
	default:
		config.NextProtos = []string{o.Protocol}
	}
	if err := o.present(config, folder, authority); err != nil {
		return nil, err
	}
	return config, o.trust(config, authority)
}

// present puts the certificate into the configuration.
func (o tlsOptions) present(config *tls.Config, folder string, authority *certificate) (err error) {
	var leaf *certificate
	switch o.Identity {
	case "", "own":
		leaf, err = ensureLeaf(folder, authority, o.Name)
	case "expired":
		leaf, err = makeExpiredLeaf(authority, o.Name)
	case "foreign":
		if authority, err = makeAuthority(); err == nil {
			leaf, err = makeLeaf(authority, o.Name, authority.NotBefore)
		}
	case "none":
		return nil
	default:
		err = fmt.Errorf("unknown identity %q", o.Identity)
	}
	if err != nil {
		return err
	}

	presented := tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: crypto.Signer(leaf.key)}
	config.Certificates = []tls.Certificate{presented}
	// Without this crypto/tls keeps back a certificate that the server's list of authorities does not fit.
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &presented, nil }
	return nil
}

func (o tlsOptions) trust(config *tls.Config, authority *certificate) (err error) {
	switch o.Trust {
	case "", "own":
	case "any":
		config.InsecureSkipVerify = true
	case "foreign":
		if authority, err = makeAuthority(); err != nil {
			return err
		}
	default:
		return fmt.Errorf("unknown trust %q", o.Trust)
	}
	pool := x509.NewCertPool()
	pool.AddCert(authority.Certificate)
	config.RootCAs, config.ClientCAs = pool, pool

	switch o.ClientAuth {
	case "", "require":
		config.ClientAuth = tls.RequireAndVerifyClientCert
	case "given":
		config.ClientAuth = tls.VerifyClientCertIfGiven
	case "none":
		config.ClientAuth = tls.NoClientCert
	default:
		return fmt.Errorf("unknown client authentication %q", o.ClientAuth)
	}
	return nil
}
