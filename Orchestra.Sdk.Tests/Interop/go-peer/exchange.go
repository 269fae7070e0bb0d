package main

import (
	"io"
	"orchestra/messages"

	"github.com/quic-go/quic-go"
)

// exchange reads one request from a stream and answers it. Without --read-fin it stops there, as Go's plugins do: the stream's
// credit is then only given back if the FIN came with the last bytes of the request.
func (s *server) exchange(stream quic.Stream, activity *activity) {
	defer stream.Close()
	if s.readFIN {
		// Of streams that failed, too, nothing must be left.
		defer stream.CancelRead(0)
	}
	request := new(messages.PluginRequest)
	if err := readMessage(stream, request); err != nil {
		activity.count(err, true)
		return
	}
	activity.requests.Add(1)
	s.plugin.note(request)

	var err error
	if start := request.GetStreamStart(); start != nil {
		cancel := s.plugin.starting(start.StreamId)
		defer s.plugin.finished(start.StreamId)
		go s.watch(stream)
		err = s.plugin.stream(request, cancel, activity, func(response *messages.PluginResponse) error {
			return writeMessage(stream, response)
		})
	} else if response := s.plugin.answer(request); response != nil {
		err = writeMessage(stream, response)
	}
	if err != nil {
		activity.count(err, false)
		return
	}
	stream.Close()
	if s.readFIN && request.GetStreamStart() == nil {
		_, err = io.Copy(io.Discard, stream)
		activity.count(err, true)
	}
}

// watch reads what follows a stream_start on its stream: a stream_cancel, or the FIN.
func (s *server) watch(stream quic.Stream) {
	for {
		request := new(messages.PluginRequest)
		if readMessage(stream, request) != nil {
			return
		}
		if cancel := request.GetStreamCancel(); cancel != nil {
			s.plugin.cancel(cancel.StreamId)
		}
	}
}
