//go:build schemas

// Package schemas keeps in go.mod what is not run, but read: the JSON schema of SARIF, by test/plan/sarif.test.ts.
package schemas

import _ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
