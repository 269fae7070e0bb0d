package main

import (
	"fmt"
	"orchestra/messages"
	"path"
	"sort"
	"strings"
	"sync"

	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// storage keeps versioned contents in memory.
type storage struct {
	mutex   sync.Mutex
	entries map[string]*entry
}

type entry struct {
	content  []byte
	metadata *structpb.Struct
	version  int64
	modified *timestamppb.Timestamp
}

func (s *storage) read(request *messages.StorageReadRequest) *messages.StorageReadResponse {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	e, ok := s.entries[request.Path]
	if !ok {
		return &messages.StorageReadResponse{}
	}
	return &messages.StorageReadResponse{Content: e.content, Metadata: e.metadata, Version: e.version}
}

// write takes only what expects the present version; 0 expects nothing there.
func (s *storage) write(request *messages.StorageWriteRequest) *messages.StorageWriteResponse {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var version int64
	if e, ok := s.entries[request.Path]; ok {
		version = e.version
	}
	if request.ExpectedVersion != version {
		return &messages.StorageWriteResponse{
			Error: fmt.Sprintf("version conflict: expected %d, is %d", request.ExpectedVersion, version)}
	}
	version++
	s.entries[request.Path] = &entry{request.Content, request.Metadata, version, timestamppb.Now()}
	return &messages.StorageWriteResponse{Success: true, NewVersion: version}
}

func (s *storage) delete(request *messages.StorageDeleteRequest) *messages.StorageDeleteResponse {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	_, ok := s.entries[request.Path]
	delete(s.entries, request.Path)
	return &messages.StorageDeleteResponse{Success: ok}
}

func (s *storage) list(request *messages.StorageListRequest) *messages.StorageListResponse {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	response := &messages.StorageListResponse{}
	for name, e := range s.entries {
		fits, _ := path.Match(request.Pattern, path.Base(name))
		if strings.HasPrefix(name, request.Prefix) && (fits || request.Pattern == "") {
			response.Entries = append(response.Entries, &messages.StorageEntry{
				Path: name, Size: int64(len(e.content)), Version: e.version, ModifiedAt: e.modified})
		}
	}
	sort.Slice(response.Entries, func(i, j int) bool { return response.Entries[i].Path < response.Entries[j].Path })
	return response
}
