//! Messages between the program and the process of an isolated strategy: numbers as their bits,
//! little-endian, so that nothing is rounded on the way; a length before each message.

use std::io::{Error, ErrorKind, Read, Result, Write};
use zalm_model::{COLUMNS, ColumnData, ColumnKind, View};

/// Longest message, bytes.
const CAP: usize = 1 << 30;
/// Room that a message gets at once, bytes; for more than that bytes must have come.
const ROOM: usize = 1 << 20;

/// A message being written, with room for its length before it: it leaves in one piece, and wakes who
/// waits for it once.
pub(crate) struct Message(Vec<u8>);

/// Bytes of a message's length, and of a number.
const WORD: usize = 8;

impl Message {
    pub fn new(tag: u8) -> Self {
        let mut message = vec![0; WORD];
        message.push(tag);
        Self(message)
    }

    pub fn number(mut self, number: u64) -> Self {
        self.0.extend(number.to_le_bytes());
        self
    }

    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mut message = self.number(bytes.len() as u64);
        message.0.extend_from_slice(bytes);
        message
    }

    pub fn numbers(self, numbers: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut message = self.number(numbers.len() as u64);
        message.0.reserve(WORD * numbers.len());
        numbers.for_each(|number| message.0.extend(number.to_le_bytes()));
        message
    }

    pub fn floats(self, floats: &[f64]) -> Self {
        self.numbers(floats.iter().map(|x| x.to_bits()))
    }

    /// Of a view the columns at these places of the model's list.
    pub fn view(self, view: &View, columns: &[Option<usize>]) -> Self {
        let mut message = self
            .number(view.month.into())
            .number(u64::from(view.year.cast_unsigned()))
            .number(u64::from(view.month_of_year.cast_unsigned()))
            .numbers(view.rows.iter().copied());
        for place in columns.iter().flatten() {
            message = match &view.columns[*place] {
                ColumnData::F64(values) => message.floats(values),
                ColumnData::I64(values) => {
                    message.numbers(values.iter().map(|x| x.cast_unsigned()))
                }
            };
        }
        message
    }

    pub fn send(mut self, to: &mut impl Write) -> Result<()> {
        let length = (self.0.len() - WORD) as u64;
        self.0[..WORD].copy_from_slice(&length.to_le_bytes());
        to.write_all(&self.0)?;
        to.flush()
    }
}

/// A message being read.
pub(crate) struct Received {
    bytes: Vec<u8>,
    at: usize,
}

impl Received {
    pub fn next(from: &mut impl Read) -> Result<Self> {
        let mut length = [0; WORD];
        from.read_exact(&mut length)?;
        let length = usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX);
        if length == 0 || length > CAP {
            return Err(garbled());
        }
        // The other side's word is good for the end of the message, not for memory.
        let mut bytes = Vec::with_capacity(length.min(ROOM));
        from.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(Self { bytes, at: 1 })
    }

    pub fn tag(&self) -> u8 {
        self.bytes[0]
    }

    fn take(&mut self, length: usize) -> Result<&[u8]> {
        let end = self
            .at
            .checked_add(length)
            .filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(garbled)?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    pub fn number(&mut self) -> Result<u64> {
        let (words, _) = self.take(WORD)?.as_chunks();
        Ok(u64::from_le_bytes(words[0]))
    }

    fn length(&mut self) -> Result<usize> {
        usize::try_from(self.number()?).map_err(|_| garbled())
    }

    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        let length = self.length()?;
        self.take(length).map(<[u8]>::to_vec)
    }

    pub fn text(&mut self) -> Result<String> {
        String::from_utf8(self.bytes()?).map_err(|_| garbled())
    }

    pub fn numbers(&mut self) -> Result<Vec<u64>> {
        let length = self.length()?.checked_mul(WORD).ok_or_else(garbled)?;
        let (words, _) = self.take(length)?.as_chunks();
        Ok(words.iter().copied().map(u64::from_le_bytes).collect())
    }

    pub fn floats(&mut self) -> Result<Vec<f64>> {
        Ok(self.numbers()?.into_iter().map(f64::from_bits).collect())
    }

    /// A view with the columns at these places of the model's list; the others are empty.
    pub fn view(&mut self, columns: &[Option<usize>]) -> Result<View> {
        let (month, year, month_of_year) = (self.number()?, self.number()?, self.number()?);
        let rows = self.numbers()?;
        let empty = |kind| match kind {
            ColumnKind::F64 => ColumnData::F64(Vec::new()),
            ColumnKind::I64 => ColumnData::I64(Vec::new()),
        };
        let mut all: Vec<ColumnData> = COLUMNS.iter().map(|spec| empty(spec.kind)).collect();
        for place in columns.iter().flatten() {
            match &mut all[*place] {
                ColumnData::F64(values) => *values = self.floats()?,
                ColumnData::I64(values) => {
                    let numbers = self.numbers()?.into_iter();
                    *values = numbers.map(u64::cast_signed).collect();
                }
            }
        }
        Ok(View {
            month: month as u32,
            year: (year as u32).cast_signed(),
            month_of_year: (month_of_year as u32).cast_signed(),
            rows,
            columns: all,
        })
    }
}

pub(crate) fn garbled() -> Error {
    Error::new(ErrorKind::InvalidData, "a message cannot be understood")
}

#[cfg(test)]
mod tests {
    use super::{CAP, COLUMNS, ColumnData, ColumnKind, Message, ROOM, Received, View};
    use std::io::Read;

    /// Says that a longest message comes, sends a few bytes of it and hangs up.
    #[derive(Default)]
    struct Boaster {
        sent: usize,
        /// Most bytes that there was room for.
        room: usize,
    }

    impl Read for Boaster {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.room = self.room.max(into.len());
            let all = [&(CAP as u64).to_le_bytes()[..], &[7; 3000]].concat();
            let sent = into.len().min(all.len() - self.sent);
            into[..sent].copy_from_slice(&all[self.sent..self.sent + sent]);
            self.sent += sent;
            Ok(sent)
        }
    }

    #[test]
    fn a_length_alone_takes_no_memory() {
        let mut boaster = Boaster::default();
        assert!(Received::next(&mut boaster).is_err(), "it hung up");
        assert!(boaster.sent > 3000, "its bytes were read");
        assert!(boaster.room <= ROOM, "room for {} bytes", boaster.room);
    }

    #[test]
    fn a_message_longer_than_the_first_room_arrives() {
        let mut line = Vec::new();
        let long = vec![5; 3 * ROOM];
        let message = Message::new(7).bytes(&long);
        message.send(&mut line).expect("a vector takes all");
        let mut received = Received::next(&mut line.as_slice()).expect("whole");
        assert_eq!(received.bytes().expect("bytes"), long);
    }

    #[test]
    fn of_a_view_the_columns_that_are_read_arrive() {
        let columns = |read: &[usize]| {
            let values = |at: usize| if read.contains(&at) { vec![at] } else { vec![] };
            let column = |at: usize| match COLUMNS[at].kind {
                ColumnKind::F64 => ColumnData::F64(values(at).iter().map(|x| *x as f64).collect()),
                ColumnKind::I64 => ColumnData::I64(values(at).iter().map(|x| *x as i64).collect()),
            };
            (0..COLUMNS.len()).map(column).collect::<Vec<_>>()
        };
        let all: Vec<usize> = (0..COLUMNS.len()).collect();
        let view = View {
            month: 3,
            year: 2012,
            month_of_year: 7,
            rows: vec![9],
            columns: columns(&all),
        };
        let read = [Some(4), None, Some(0)];
        let mut line = Vec::new();
        let message = Message::new(7).view(&view, &read);
        message.send(&mut line).expect("a vector takes all");
        let mut received = Received::next(&mut line.as_slice()).expect("whole");
        let arrived = received.view(&read).expect("a view");
        assert_eq!(
            (arrived.month, arrived.year, arrived.month_of_year),
            (3, 2012, 7)
        );
        assert_eq!(arrived.rows, view.rows);
        assert_eq!(arrived.columns, columns(&[0, 4]));
    }

    #[test]
    fn what_is_sent_arrives_bit_for_bit() {
        let mut line = Vec::new();
        let odd = [f64::NAN, -0.0, 1e-310];
        let message = Message::new(7).number(u64::MAX).floats(&odd).bytes(b"zalm");
        message.send(&mut line).expect("a vector takes all");
        let mut received = Received::next(&mut line.as_slice()).expect("whole");
        assert_eq!(
            (received.tag(), received.number().ok()),
            (7, Some(u64::MAX))
        );
        let bits = |floats: &[f64]| floats.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&received.floats().expect("floats")), bits(&odd));
        assert_eq!(received.text().expect("text"), "zalm");
        assert!(received.number().is_err(), "nothing is left");
        line.truncate(20);
        assert!(Received::next(&mut line.as_slice()).is_err(), "cut off");
    }
}
