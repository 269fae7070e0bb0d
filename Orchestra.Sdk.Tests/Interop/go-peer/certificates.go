package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const lifetime = 365 * 24 * time.Hour

// certificate is a parsed certificate with its private key.
type certificate struct {
	*x509.Certificate
	key ed25519.PrivateKey
}

// runCertificates makes the CA and a leaf for every name, where they are missing.
func runCertificates(arguments []string) error {
	flags := flag.NewFlagSet("certificates", flag.ContinueOnError)
	folder := flags.String("certs-dir", "", "folder of ca.crt, ca.key and the leaves")
	expired := flags.Bool("expired", false, "make leaves that expired an hour ago, over any that are there")
	if err := flags.Parse(arguments); err != nil {
		return err
	}

	authority, err := ensureAuthority(*folder)
	if err != nil {
		return err
	}
	for _, name := range flags.Args() {
		if *expired {
			var leaf *certificate
			if leaf, err = makeExpiredLeaf(authority, name); err == nil {
				err = leaf.save(*folder, name)
			}
		} else {
			_, err = ensureLeaf(*folder, authority, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ensureAuthority loads the CA of a folder; whoever comes first makes it.
func ensureAuthority(folder string) (*certificate, error) {
	authority, err := loadCertificate(folder, "ca")
	if !errors.Is(err, fs.ErrNotExist) {
		return authority, err
	}
	if authority, err = makeAuthority(); err != nil {
		return nil, err
	}
	return authority, authority.save(folder, "ca")
}

// ensureLeaf loads NAME.crt and NAME.key, or makes them.
func ensureLeaf(folder string, authority *certificate, name string) (*certificate, error) {
	leaf, err := loadCertificate(folder, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return leaf, err
	}
	if leaf, err = makeLeaf(authority, name, time.Now().Add(-time.Minute)); err != nil {
		return nil, err
	}
	return leaf, leaf.save(folder, name)
}

func makeAuthority() (*certificate, error) {
	start := time.Now().Add(-time.Minute)
	return issue(nil, &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{"Orchestra"}, CommonName: "Orchestra CA"},
		NotBefore:             start,
		NotAfter:              start.Add(lifetime),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLen:            1,
	})
}

func makeLeaf(authority *certificate, name string, start time.Time) (*certificate, error) {
	return issue(authority, &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{"Orchestra"}, CommonName: name},
		NotBefore:   start,
		NotAfter:    start.Add(lifetime),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:    []string{name, "localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	})
}

// makeExpiredLeaf makes one whose last hour is over.
func makeExpiredLeaf(authority *certificate, name string) (*certificate, error) {
	return makeLeaf(authority, name, time.Now().Add(-lifetime-time.Hour))
}

// issue signs a template with a new key; without an issuer it signs itself.
func issue(issuer *certificate, template *x509.Certificate) (*certificate, error) {
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128)); err != nil {
		return nil, err
	}
	if issuer == nil {
		issuer = &certificate{template, key}
	}
	encoded, err := x509.CreateCertificate(rand.Reader, template, issuer.Certificate, public, issuer.key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(encoded)
	return &certificate{parsed, key}, err
}

func loadCertificate(folder, name string) (*certificate, error) {
	encoded, err := readPEM(filepath.Join(folder, name+".crt"), "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(encoded)
	if err != nil {
		return nil, err
	}
	if encoded, err = readPEM(filepath.Join(folder, name+".key"), "PRIVATE KEY"); err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(encoded)
	if err != nil {
		return nil, err
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s.key holds no Ed25519 key", name)
	}
	return &certificate{parsed, private}, nil
}

func (c *certificate) save(folder, name string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(c.key)
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(folder, name+".key"), "PRIVATE KEY", key); err != nil {
		return err
	}
	return writePEM(filepath.Join(folder, name+".crt"), "CERTIFICATE", c.Raw)
}

func readPEM(path, kind string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("%s holds no %s", path, kind)
	}
	return block.Bytes, nil
}

func writePEM(path, kind string, data []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600)
}
