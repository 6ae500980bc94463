//! As much of HTTP as a browser needs of this machine: a request has a connection of its own, and a body only of a
//! length that it says.
//!
//! Each connection has a thread of its own from its first byte on. None waits for another, however slow that
//! is and however many open pages wait for news; one that is slow, large or one too many is given up.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The time that a request may take to arrive. Browsers open connections before they need them.
const ARRIVAL: Duration = Duration::from_secs(60);
/// The time that a reader may take to accept what is written to him, if he takes nothing at all.
const ACCEPTANCE: Duration = Duration::from_secs(30);
/// The largest request, in bytes. Browsers send along the cookies of whatever else is served on this machine.
const MOST_BYTES: usize = 64 * 1024;
/// The number of headers a request may have. Browsers send some twenty.
const MOST_HEADERS: usize = 100;
/// The most connections open at once. A browser has six.
const MOST_CONNECTIONS: usize = 1024;
/// The most of them that may have asked for nothing yet. When another comes, the oldest is given up, so that nobody
/// who only holds connections open can keep others out.
const MOST_SILENT: usize = 64;

/// A request, and the connection on which it is answered.
pub(crate) struct Request {
    head: Head,
    /// The bytes that came behind the head so far.
    behind: Vec<u8>,
    stream: TcpStream,
}

/// The contents of a request.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    /// Its bytes, with the empty line at its end.
    length: usize,
}

impl Request {
    /// `GET`, `HEAD` or another, as sent.
    pub(crate) fn method(&self) -> &str {
        &self.head.method
    }

    /// The path as sent, with nothing decoded, and what stands behind its `?`.
    pub(crate) fn path_and_query(&self) -> (&str, &str) {
        self.head.target.split_once('?').unwrap_or((&self.head.target, ""))
    }

    /// The address at which the connection was taken.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.stream.local_addr()
    }

    /// All that is given under the name of a header, which may be more than one.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let given = self.head.headers.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        given.map(|(_, value)| value.as_str()).collect()
    }

    /// The body, of at most so many bytes.
    ///
    /// # Errors
    ///
    /// The status that says why there is none: it must say its length, and arrive as quickly as the head.
    pub(crate) fn body(&mut self, most: usize) -> Result<Vec<u8>, &'static str> {
        const BROKEN: &str = "400 Bad Request";
        if !self.values("Transfer-Encoding").is_empty() {
            return Err("411 Length Required");
        }
        let length: usize = match self.values("Content-Length")[..] {
            [length] => length.parse().map_err(|_| BROKEN)?,
            [] => return Err("411 Length Required"),
            _ => return Err(BROKEN),
        };
        if length > most {
            return Err("413 Content Too Large");
        }
        let mut body = std::mem::take(&mut self.behind);
        let until = Instant::now() + ARRIVAL;
        let mut piece = [0; 4096];
        while body.len() < length {
            match read(&mut self.stream, &mut piece, until) {
                Some(n) => body.extend_from_slice(&piece[..n]),
                None => return Err(BROKEN),
            }
        }
        body.truncate(length);
        Ok(body)
    }

    /// Writes an answer, which can go on as long as there is something to tell.
    pub(crate) fn write(&mut self, message: &[u8]) -> io::Result<()> {
        self.stream.write_all(message)
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        part(&mut self.stream);
    }
}

/// A socket that takes connections.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    is_ended: Arc<AtomicBool>,
    accepting: JoinHandle<()>,
}

impl Listener {
    /// Takes connections at that address, and has each request answered in a thread of its own.
    pub(crate) fn start(
        address: SocketAddr,
        answer: impl Fn(Request) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let socket = TcpListener::bind(address)?;
        let address = socket.local_addr()?;
        let is_ended = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&is_ended);
        let accepting = thread::Builder::new()
            .name("accept".to_owned())
            .spawn(move || accept(&socket, &ended, &Arc::new(answer)))?;
        Ok(Self { address, is_ended, accepting })
    }

    /// The listener for connections.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until no more are taken.
    pub(crate) fn wait(self) {
        // A thread that panicked has stopped too.
        let _ = self.accepting.join();
    }

    /// A handle that ends it from elsewhere.
    pub(crate) fn ender(&self) -> Ender {
        Ender { address: self.address, is_ended: Arc::clone(&self.is_ended) }
    }
}

/// Ends a [`Listener`] from another thread: it takes no more connections.
pub struct Ender {
    address: SocketAddr,
    is_ended: Arc<AtomicBool>,
}

impl Ender {
    /// Ends it; once is enough, and more does no harm.
    pub fn end(&self) {
        self.is_ended.store(true, Ordering::SeqCst);
        // Whoever waits for a connection sees that it has ended when one comes. If none can be had, so many are
        // on their way that one of them will do.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
    }
}

impl fmt::Debug for Ender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ender").field("address", &self.address).finish_non_exhaustive()
    }
}

fn accept<A>(socket: &TcpListener, is_ended: &AtomicBool, answer: &Arc<A>)
where
    A: Fn(Request) + Send + Sync + 'static,
{
    /// The time for connections to end when the system has no more to give.
    const BREATH: Duration = Duration::from_millis(50);
    let open = Arc::new(AtomicUsize::new(0));
    let silent = Arc::new(Silent::default());
    while !is_ended.load(Ordering::SeqCst) {
        let Ok((mut stream, _)) = socket.accept() else {
            thread::sleep(BREATH);
            continue;
        };
        let place = Place::take(&open);
        if is_ended.load(Ordering::SeqCst) || open.load(Ordering::SeqCst) > MOST_CONNECTIONS {
            continue;
        }
        let (answer, silent) = (Arc::clone(answer), Arc::clone(&silent));
        let number = silent.add(&stream);
        // A connection that gets no thread is closed.
        let _ = thread::Builder::new().name("answer".to_owned()).spawn(move || {
            let _place = place;
            let received = receive(&mut stream);
            silent.remove(number);
            match received {
                Ok((head, behind)) => answer(Request { head, behind, stream }),
                Err(Unread::Wrong(status)) => {
                    let message = format!(
                        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    );
                    let _ = stream.write_all(message.as_bytes());
                    part(&mut stream);
                }
                Err(Unread::Gone) => {}
            }
        });
    }
}

/// The connections that have asked for nothing yet, oldest first.
#[derive(Default)]
struct Silent(Mutex<(u64, VecDeque<(u64, TcpStream)>)>);

impl Silent {
    /// Takes note of a connection, under the number that is returned, and gives up the oldest if there are too many.
    fn add(&self, stream: &TcpStream) -> u64 {
        let mut silent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (next, connections) = &mut *silent;
        *next += 1;
        if let Ok(stream) = stream.try_clone() {
            connections.push_back((*next, stream));
        }
        if connections.len() > MOST_SILENT
            && let Some((_, oldest)) = connections.pop_front()
        {
            let _ = oldest.shutdown(Shutdown::Both);
        }
        *next
    }

    fn remove(&self, number: u64) {
        let mut silent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        silent.1.retain(|(known, _)| *known != number);
    }
}

/// One of the connections that may be open at once, for as long as this is kept.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(open))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The reason why there is no request to answer.
#[derive(Debug, PartialEq, Eq)]
enum Unread {
    /// It is none, with the status that says why.
    Wrong(&'static str),
    /// Nobody is there to be told.
    Gone,
}

const MALFORMED: Unread = Unread::Wrong("400 Bad Request");
const TOO_LARGE: Unread = Unread::Wrong("431 Request Header Fields Too Large");

/// The number of bytes that came next; none when there are no more, or not in time.
fn read(stream: &mut TcpStream, piece: &mut [u8], until: Instant) -> Option<usize> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return None;
        }
        match stream.read(piece) {
            Ok(0) => return None,
            Ok(n) => return Some(n),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Reads a request from its first byte to the empty line behind its headers, and what came with that.
fn receive(stream: &mut TcpStream) -> Result<(Head, Vec<u8>), Unread> {
    let gone = |_| Unread::Gone;
    stream.set_write_timeout(Some(ACCEPTANCE)).map_err(gone)?;
    // What is told of a change is small and must not wait for company.
    stream.set_nodelay(true).map_err(gone)?;
    let until = Instant::now() + ARRIVAL;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let n = read(stream, &mut piece, until).ok_or(Unread::Gone)?;
        bytes.extend_from_slice(&piece[..n]);
        if let Some(head) = parse(&bytes)? {
            let behind = bytes.split_off(head.length);
            return Ok((head, behind));
        }
        if bytes.len() > MOST_BYTES {
            return Err(TOO_LARGE);
        }
    }
}

/// The first lines of a request, read; nothing yet while their end has not come.
fn parse(bytes: &[u8]) -> Result<Option<Head>, Unread> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Partial) => return Ok(None),
        Ok(httparse::Status::Complete(length)) => length,
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LARGE),
        Err(_) => return Err(MALFORMED),
    };
    // Cookies may hold any bytes; no header that is asked for does.
    let value = |bytes| String::from_utf8_lossy(bytes).trim_matches([' ', '\t']).to_owned();
    Ok(Some(Head {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        headers: request.headers.iter().map(|h| (h.name.to_owned(), value(h.value))).collect(),
        length,
    }))
}

/// Ends a connection so that the answer arrives even if more was sent than was read.
fn part(stream: &mut TcpStream) {
    /// The time to wait for the other side to end, and the most to take from it meanwhile.
    const FAREWELL: Duration = Duration::from_secs(1);
    const MOST_READS: usize = 64;
    let mut rest = [0; 4096];
    if stream.shutdown(Shutdown::Write).is_ok() && stream.set_read_timeout(Some(FAREWELL)).is_ok() {
        for _ in 0..MOST_READS {
            if !stream.read(&mut rest).is_ok_and(|n| n > 0) {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_whole_or_refused() {
        let read = |text: &str| parse(text.as_bytes());
        let text = "GET /report?a HTTP/1.1\r\nHost: 127.0.0.1:80\r\nCookie:\t年=1 \r\n\r\nbody";
        let head = read(text).unwrap().unwrap();
        assert_eq!((head.method.as_str(), head.target.as_str()), ("GET", "/report?a"));
        let headers = [("Host", "127.0.0.1:80"), ("Cookie", "年=1")];
        assert_eq!(head.headers, headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let end = text.find("body").unwrap();
        assert_eq!(head.length, end);
        for n in 0..end {
            assert_eq!(parse(&text.as_bytes()[..n]), Ok(None), "{n} bytes");
        }
        assert!(read("GET / HTTP/1.0\r\n\r\n").unwrap().unwrap().headers.is_empty());
        for wrong in [
            "GET  / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1 \r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET /\t HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\tb: c\r\n\r\n",
            "GET / HTTP/1.1\r\n: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\r\n\r\n",
        ] {
            assert_eq!(read(wrong), Err(MALFORMED), "{wrong:?}");
        }
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MOST_HEADERS + 1));
        assert_eq!(read(&many), Err(TOO_LARGE));
        assert!(parse(b"GET / HTTP/1.1\r\nCookie: \xff\xfe\r\n\r\n").unwrap().is_some());
    }
}
