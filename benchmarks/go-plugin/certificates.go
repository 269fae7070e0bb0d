package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const lifetime = 365 * 24 * time.Hour

// serverConfig loads the authority and the leaf of a name, or makes them.
func serverConfig(folder, name string) (*tls.Config, error) {
	authority, err := ensure(folder, "ca", nil)
	if err != nil {
		return nil, err
	}
	leaf, err := ensure(folder, name, authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AddCert(authority.Leaf)
	return &tls.Config{
		MinVersion:   tls.VersionTLS13,
		NextProtos:   []string{"orchestra-plugin"},
		Certificates: []tls.Certificate{*leaf},
		ClientCAs:    pool,
		ClientAuth:   tls.VerifyClientCertIfGiven,
	}, nil
}

// ensure loads NAME.crt and NAME.key; where they are missing it makes them. Without an issuer it is an authority.
func ensure(folder, name string, issuer *tls.Certificate) (*tls.Certificate, error) {
	path := filepath.Join(folder, name)
	loaded, err := tls.LoadX509KeyPair(path+".crt", path+".key")
	if !errors.Is(err, fs.ErrNotExist) {
		return &loaded, err
	}
	if err := issue(path, name, issuer); err != nil {
		return nil, err
	}
	loaded, err = tls.LoadX509KeyPair(path+".crt", path+".key")
	return &loaded, err
}

func issue(path, name string, issuer *tls.Certificate) error {
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	if err != nil {
		return err
	}
	start := time.Now().Add(-time.Minute)
	template := &x509.Certificate{SerialNumber: serial, NotBefore: start, NotAfter: start.Add(lifetime)}
	if issuer == nil {
		template.Subject = pkix.Name{Organization: []string{"Orchestra"}, CommonName: "Orchestra CA"}
		template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
		template.BasicConstraintsValid, template.IsCA, template.MaxPathLen = true, true, 1
		issuer = &tls.Certificate{Leaf: template, PrivateKey: key}
	} else {
		template.Subject = pkix.Name{Organization: []string{"Orchestra"}, CommonName: name}
		template.KeyUsage = x509.KeyUsageDigitalSignature
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
		template.DNSNames = []string{name, "localhost"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	encoded, err := x509.CreateCertificate(rand.Reader, template, issuer.Leaf, public, issuer.PrivateKey)
	if err != nil {
		return err
	}
	encodedKey, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := writePEM(path+".key", "PRIVATE KEY", encodedKey); err != nil {
		return err
	}
	return writePEM(path+".crt", "CERTIFICATE", encoded)
}

func writePEM(path, kind string, data []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600)
}
