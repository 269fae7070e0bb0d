package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

type bulkArguments struct {
	target
	Upload   int64
	Download int64
}

type bulkReport struct {
	UploadSeconds          float64 `json:"uploadSeconds"`
	UploadBytesPerSecond   float64 `json:"uploadBytesPerSecond"`
	DownloadSeconds        float64 `json:"downloadSeconds"`
	DownloadBytesPerSecond float64 `json:"downloadBytesPerSecond"`
	CPUSeconds             float64 `json:"cpuSeconds"`
}

// bulk sends and fetches raw streams, one after the other; see raw.go.
func (c *client) bulk(arguments bulkArguments) (report bulkReport, err error) {
	connection, err := c.find(arguments.target)
	if err != nil {
		return report, err
	}
	cpu := cpuSeconds()
	if report.UploadSeconds, err = connection.transfer(arguments.Upload, 0); err != nil {
		return report, fmt.Errorf("upload: %w", err)
	}
	if report.DownloadSeconds, err = connection.transfer(0, arguments.Download); err != nil {
		return report, fmt.Errorf("download: %w", err)
	}
	report.CPUSeconds = cpuSeconds() - cpu
	report.UploadBytesPerSecond = float64(arguments.Upload) / report.UploadSeconds
	report.DownloadBytesPerSecond = float64(arguments.Download) / report.DownloadSeconds
	return report, nil
}

func (o *outgoing) transfer(upload, download int64) (seconds float64, err error) {
	started := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	stream, err := o.OpenStreamSync(ctx)
	if err != nil {
		return 0, err
	}
	defer abandon(stream)
	if _, err := stream.Write(binary.BigEndian.AppendUint64(nil, uint64(download))); err != nil {
		return 0, err
	}
	if err := writePattern(stream, upload); err != nil {
		return 0, err
	}
	if err := stream.Close(); err != nil {
		return 0, err
	}
	var head [countSize]byte
	if _, err := io.ReadFull(stream, head[:]); err != nil {
		return 0, err
	}
	if taken := int64(binary.BigEndian.Uint64(head[:])); taken != upload {
		return 0, fmt.Errorf("the server took %d of %d bytes", taken, upload)
	}
	got, err := readPattern(stream)
	if err == nil && got != download {
		err = fmt.Errorf("%d of %d bytes came", got, download)
	}
	return time.Since(started).Seconds(), err
}

type fleetArguments struct {
	dialArguments
	Connections int
	Seconds     float64
	Size        int
}

type fleetReport struct {
	Connections int           `json:"connections"` // that were made
	Calls       int64         `json:"calls"`
	Failed      int64         `json:"failed"`
	Late        int64         `json:"late"` // calls that took more than a second
	Error       *errorDetails `json:"error"`
	DialSeconds float64       `json:"dialSeconds"`
	CPUSeconds  float64       `json:"cpuSeconds"`
}

// fleet makes many connections, and one call a second on each of them.
func (c *client) fleet(arguments fleetArguments) (report fleetReport, err error) {
	cpu, started := cpuSeconds(), time.Now()
	var fleet []*outgoing
	for len(fleet) < arguments.Connections {
		connection, err := c.connect(arguments.dialArguments)
		if err != nil {
			return report, fmt.Errorf("connection %d: %w", len(fleet)+1, err)
		}
		defer connection.CloseWithError(0, "")
		fleet = append(fleet, connection)
	}
	report.Connections, report.DialSeconds = len(fleet), time.Since(started).Seconds()

	var calls, failed, late atomic.Int64
	var first atomic.Pointer[errorDetails]
	var work sync.WaitGroup
	end := time.Now().Add(time.Duration(arguments.Seconds * float64(time.Second)))
	for i, connection := range fleet {
		work.Add(1)
		go func() {
			defer work.Done()
			time.Sleep(time.Second * time.Duration(i) / time.Duration(len(fleet)))
			for next := time.Now(); next.Before(end); next = next.Add(time.Second) {
				time.Sleep(time.Until(next))
				begin := time.Now()
				load := load{connection: connection, arguments: callsArguments{Size: arguments.Size}}
				if err := load.call(calls.Add(1)); err != nil {
					failed.Add(1)
					first.CompareAndSwap(nil, describe(err))
				}
				if time.Since(begin) > time.Second {
					late.Add(1)
				}
			}
		}()
	}
	work.Wait()
	report.Calls, report.Failed, report.Late, report.Error = calls.Load(), failed.Load(), late.Load(), first.Load()
	report.CPUSeconds = cpuSeconds() - cpu
	return report, nil
}
