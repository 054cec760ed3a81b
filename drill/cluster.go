package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cluster is a PostgreSQL primary with a synchronous standby, on loopback, run as an unprivileged user.
type cluster struct {
	bin              string
	as               *syscall.SysProcAttr
	dir              string
	primary, standby *server
}

// server is one PostgreSQL.
type server struct {
	data string
	port int
	cmd  *exec.Cmd
}

// newCluster makes and starts both.
func newCluster(dir string) (*cluster, error) {
	bin, err := postgresBinaries()
	if err != nil {
		return nil, err
	}
	c := &cluster{bin: bin, dir: filepath.Join(dir, "postgres"), as: &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // PostgreSQL refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		c.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(c.dir, uid, gid); err != nil {
			return nil, err
		}
	}
	c.primary = &server{data: filepath.Join(c.dir, "one"), port: freePort()}
	c.standby = &server{data: filepath.Join(c.dir, "two"), port: freePort()}
	if err := c.tool("initdb", "-D", c.primary.data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"); err != nil {
		return nil, err
	}
	if err := c.start(c.primary); err != nil {
		return nil, err
	}
	if err := c.tool("pg_basebackup", "-h", "127.0.0.1", "-p", strconv.Itoa(c.primary.port), "-U", "postgres", "-D", c.standby.data, "-R", "-X", "stream", "--no-sync"); err != nil {
		return nil, err
	}
	if err := c.start(c.standby); err != nil {
		return nil, err
	}
	// from now on a commit waits until the standby has it on disk
	c.stop(c.primary, syscall.SIGINT)
	if err := c.start(c.primary, "-c", "synchronous_standby_names=*", "-c", "synchronous_commit=on"); err != nil {
		return nil, err
	}
	return c, nil
}

func postgresBinaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", fmt.Errorf("PostgreSQL is not installed: apt install postgresql")
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func freePort() int {
	_, port, _ := net.SplitHostPort(freeAddress())
	n, _ := strconv.Atoi(port)
	return n
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.SysProcAttr = c.as
	cmd.Dir = c.dir
	cmd.Env = []string{"LC_ALL=C", "PATH=" + c.bin + ":/usr/bin:/bin", "HOME=" + c.dir}
	return cmd
}

func (c *cluster) tool(name string, args ...string) error {
	if out, err := c.command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

// start starts a server and waits until it answers.
func (c *cluster) start(s *server, args ...string) error {
	args = append([]string{"-D", s.data, "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=120",
		"-c", "shared_buffers=32MB", "-c", "hot_standby=on"}, args...)
	s.cmd = c.command("postgres", args...)
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for range 100 {
		if c.tool("pg_isready", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-q") == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL does not start")
}

func (c *cluster) stop(s *server, how syscall.Signal) {
	if s.cmd != nil {
		_ = s.cmd.Process.Signal(how)
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

// killPrimary ends the primary and all of its processes as a power cut does.
func (c *cluster) killPrimary() {
	pid := c.primary.cmd.Process.Pid
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	_ = c.primary.cmd.Wait()
	c.primary.cmd = nil
	for range 50 { // the backends have groups of their own; without their parent they end by themselves
		out, _ := exec.Command("pgrep", "-f", "postgres:.*"+strconv.Itoa(pid)).Output()
		if len(strings.TrimSpace(string(out))) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// promote makes the standby the primary.
func (c *cluster) promote() error {
	return c.tool("pg_ctl", "promote", "-D", c.standby.data, "-w")
}

func (c *cluster) close() {
	c.stop(c.primary, syscall.SIGQUIT)
	c.stop(c.standby, syscall.SIGQUIT)
}

// url names both hosts: whoever is the primary is worked with.
func (c *cluster) url() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/postgres?sslmode=disable&target_session_attrs=read-write", c.primary.port, c.standby.port)
}
