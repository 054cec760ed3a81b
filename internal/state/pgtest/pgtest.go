// Package pgtest starts a throw-away PostgreSQL on loopback for tests, where PostgreSQL is installed.
package pgtest

import (
	"bytes"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Required is the variable under which a missing PostgreSQL fails the test instead of skipping it.
const Required = "REQUIRE_POSTGRES"

// cluster is a running PostgreSQL.
type cluster struct {
	dir  string
	port int
	cmd  *exec.Cmd
	log  bytes.Buffer
}

var (
	once      sync.Once
	shared    *cluster
	sharedErr error
	databases atomic.Int64
)

// URL is the address of a new, empty database. The first call of a test binary starts the cluster, which Stop ends.
func URL(t testing.TB) string {
	t.Helper()
	bin, err := binaries()
	if err != nil {
		if os.Getenv(Required) != "" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
	}
	once.Do(func() { shared, sharedErr = start(bin) })
	if sharedErr != nil {
		t.Fatal(sharedErr)
	}
	name := "test" + strconv.FormatInt(databases.Add(1), 10)
	db, err := sql.Open("pgx", shared.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	return shared.url(name)
}

// Stop ends the cluster and removes it. It belongs into TestMain, behind the tests.
func Stop() {
	if shared == nil {
		return
	}
	_ = shared.cmd.Process.Signal(syscall.SIGQUIT) // at once: nothing of it is wanted again
	_ = shared.cmd.Wait()
	_ = os.RemoveAll(shared.dir)
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres://tester@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// binaries is the folder of initdb and postgres.
func binaries() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for i := len(folders) - 1; i >= 0; i-- {
		if _, err := os.Stat(filepath.Join(folders[i], "initdb")); err == nil {
			return folders[i], nil
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	return "", fmt.Errorf("PostgreSQL is not installed (apt-get install postgresql)")
}

// start makes a cluster and waits until it answers.
func start(bin string) (*cluster, error) {
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-N", "--locale=C", "-E", "UTF8")
	init.SysProcAttr, init.Dir = as, dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	c.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB")
	c.cmd.SysProcAttr, c.cmd.Dir, c.cmd.Stderr = as, dir, &c.log
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for range 300 {
		if err = db.Ping(); err == nil {
			return c, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, c.log.String())
}

// unprivileged is how to run as somebody whom PostgreSQL accepts: it refuses root.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), NoSetGroups: true}
		return attr, os.Chown(dir, uid, gid)
	}
	return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
