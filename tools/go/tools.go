//go:build tools

// Package tools pins the Go programs that the tests and the documents use.
package tools

import _ "github.com/fullstorydev/grpcurl/cmd/grpcurl"
