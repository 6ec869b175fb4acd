using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Data;

/// <summary>Checks that a gzip file is whole. <see cref="GZipStream"/> ends quietly where a file is cut off.</summary>
internal static class GzipMembers
{
    private const int TrailerLength = 8;

    /// <summary>Whether the file ends with the checksum and length of exactly this content, as a file of one member does.</summary>
    public static bool EndsWithTrailerOf(Stream file, uint crc, long length)
    {
        if (file.Length < 18)
        {
            return false;
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        file.Position = file.Length - TrailerLength;
        file.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == crc
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == unchecked((uint)length);
    }

    /// <summary>Whether every member of the file is complete and has the right checksum and length.</summary>
    /// <remarks>Slower than reading: the compressed bytes are fed one at a time, so that the end of each member is known exactly.
    /// Only used where a file has several members or is damaged.</remarks>
    public static bool AreWhole(Stream file)
    {
        using var buffered = new BufferedStream(file, 1 << 16);
        buffered.Position = 0;
        var buffer = new byte[1 << 16];
        while (true)
        {
            if (!SkipHeader(buffered))
            {
                return false;
            }

            if (!IsWhole(buffered, buffer))
            {
                return false;
            }

            int next = buffered.ReadByte();
            while (next == 0)
            {
                next = buffered.ReadByte(); // zero padding after the last member is allowed
            }

            if (next < 0)
            {
                return true;
            }

            buffered.Position--;
        }
    }

    private static bool IsWhole(Stream file, byte[] buffer)
    {
        var crc = Crc32.Start();
        long length = 0;
        using (var inflate = new DeflateStream(new SingleByteStream(file), CompressionMode.Decompress))
        {
            int read;
            while ((read = inflate.Read(buffer)) > 0)
            {
                crc.Append(buffer.AsSpan(0, read));
                length += read;
            }
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        return file.ReadAtLeast(trailer, TrailerLength, throwOnEndOfStream: false) == TrailerLength
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == crc.Value
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == unchecked((uint)length);
    }

    private static bool SkipHeader(Stream file)
    {
        Span<byte> header = stackalloc byte[10];
        if (file.ReadAtLeast(header, 10, throwOnEndOfStream: false) < 10 || header[0] != 0x1F || header[1] != 0x8B)
        {
            return false;
        }

        int flags = header[3];
        if ((flags & 4) != 0)
        {
            int extra = file.ReadByte() | (file.ReadByte() << 8);
            for (int i = 0; i < extra; i++)
            {
                file.ReadByte();
            }
        }

        bool complete = ((flags & 8) == 0 || SkipText(file)) && ((flags & 16) == 0 || SkipText(file));
        return complete && ((flags & 2) == 0 || (file.ReadByte() >= 0 && file.ReadByte() >= 0));
    }

    private static bool SkipText(Stream file)
    {
        int value;
        while ((value = file.ReadByte()) > 0)
        {
            // the name or the comment, which ends with a zero
        }

        return value == 0;
    }

    /// <summary>Gives one byte a read, so that a decompressor never takes more than it uses.</summary>
    private sealed class SingleByteStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => inner.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
