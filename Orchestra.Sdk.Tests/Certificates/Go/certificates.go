// Makes the fixtures of this folder with Go's crypto/x509, and checks with it what the SDK has made.
// Standard library only:
//
//	go run certificates.go make DIR         fixtures, with fixed dates
//	go run certificates.go check DIR NAME   prints "ok", or what is wrong
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "make":
		makeFixtures(os.Args[2])
	case len(os.Args) == 4 && os.Args[1] == "check":
		check(os.Args[2], os.Args[3])
		fmt.Println("ok")
	default:
		fail("usage: make DIR | check DIR NAME")
	}
}

func makeFixtures(dir string) {
	notBefore := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	authority := &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{Organization: []string{"Orchestra"}, CommonName: "Orchestra CA"},
		NotBefore:             notBefore,
		NotAfter:              notBefore.AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLen:            1,
	}
	public, authorityKey := newKey()
	write(dir, "ca", sign(authority, authority, public, authorityKey), authorityKey)

	parent, err := x509.ParseCertificate(readPEM(filepath.Join(dir, "ca.crt")))
	must(err)
	leaf := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{Organization: []string{"Orchestra"}, CommonName: "tools.greet"},
		NotBefore:    notBefore,
		NotAfter:     notBefore.AddDate(1, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:     []string{"tools.greet", "localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	public, key := newKey()
	write(dir, "tools.greet", sign(leaf, parent, public, authorityKey), key)
}

func check(dir, name string) {
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "ca.crt"), filepath.Join(dir, "ca.key"))
	must(err)
	authority, err := x509.ParseCertificate(pair.Certificate[0])
	must(err)
	expect("authority", authority.Subject.String(), "CN=Orchestra CA,O=Orchestra")
	expect("IsCA", authority.IsCA, true)
	expect("MaxPathLen", authority.MaxPathLen, 1)
	expect("its KeyUsage", authority.KeyUsage, x509.KeyUsageCertSign|x509.KeyUsageCRLSign)
	expect("its ExtKeyUsage", len(authority.ExtKeyUsage), 0)
	must(authority.CheckSignatureFrom(authority))

	pair, err = tls.LoadX509KeyPair(filepath.Join(dir, name+".crt"), filepath.Join(dir, name+".key"))
	must(err)
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	must(err)
	expect("subject", leaf.Subject.String(), "CN="+name+",O=Orchestra")
	expect("issuer", bytes.Equal(leaf.RawIssuer, authority.RawSubject), true)
	expect("KeyUsage", leaf.KeyUsage, x509.KeyUsageDigitalSignature)
	expect("DNSNames", fmt.Sprint(leaf.DNSNames), fmt.Sprint([]string{name, "localhost"}))
	expect("IPAddresses", fmt.Sprint(leaf.IPAddresses), "[127.0.0.1 ::1]")
	expect("AuthorityKeyId", bytes.Equal(leaf.AuthorityKeyId, authority.SubjectKeyId), true)
	roots := x509.NewCertPool()
	roots.AddCert(authority)
	for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
		for _, host := range []string{name, "localhost", "127.0.0.1", "::1"} {
			_, err = leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host, KeyUsages: []x509.ExtKeyUsage{usage}})
			must(err)
		}
	}
}

func newKey() (ed25519.PublicKey, ed25519.PrivateKey) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(err)
	return public, private
}

func serial() *big.Int {
	number, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	must(err)
	return number
}

func sign(template, parent *x509.Certificate, public ed25519.PublicKey, signer ed25519.PrivateKey) []byte {
	encoded, err := x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	must(err)
	return encoded
}

func write(dir, name string, certificate []byte, key ed25519.PrivateKey) {
	encodedKey, err := x509.MarshalPKCS8PrivateKey(key)
	must(err)
	writePEM(filepath.Join(dir, name+".crt"), "CERTIFICATE", certificate)
	writePEM(filepath.Join(dir, name+".key"), "PRIVATE KEY", encodedKey)
}

func writePEM(path, label string, content []byte) {
	must(os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: label, Bytes: content}), 0o600))
}

func readPEM(path string) []byte {
	text, err := os.ReadFile(path)
	must(err)
	block, _ := pem.Decode(text)
	return block.Bytes
}

func expect(what string, actual, expected any) {
	if actual != expected {
		fail(fmt.Sprintf("%s: %v instead of %v", what, actual, expected))
	}
}

func must(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(1)
}
