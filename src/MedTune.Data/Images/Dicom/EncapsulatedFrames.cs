using System.Buffers.Binary;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>Tells which fragments belong to which frame (PS3.5, annex A.4).</summary>
internal sealed class EncapsulatedFrames
{
    private readonly byte[] _bytes;
    private readonly IReadOnlyList<(int Offset, int Length)> _pieces;
    private readonly int[]? _starts; // the first fragment of each frame; null where one frame takes all, or each takes one
    private readonly int _frames;

    private EncapsulatedFrames(byte[] bytes, IReadOnlyList<(int Offset, int Length)> pieces, int frames, int[]? starts) =>
        (_bytes, _pieces, _frames, _starts) = (bytes, pieces, frames, starts);

    /// <summary>Finds the frames: by the file's table of offsets, else one fragment each, else by where the compressed pictures start.</summary>
    public static EncapsulatedFrames Find(byte[] bytes, DicomDataSet dataSet, DicomFragments fragments, int frames, string where, ISet<string> findings)
    {
        IReadOnlyList<(int Offset, int Length)> pieces = fragments.Pieces;
        if (pieces.Count < frames)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{where} holds {pieces.Count} fragments of compressed pixels for {frames} frames: the file is damaged or was cut off, so fetch it again from where it came."));
        }

        if (frames == 1 || frames == pieces.Count)
        {
            return new EncapsulatedFrames(bytes, pieces, frames, null);
        }

        long[]? offsets = Offsets(bytes, dataSet, fragments, frames);
        if (offsets is not null && StartsAt(pieces, offsets) is { } told)
        {
            return new EncapsulatedFrames(bytes, pieces, frames, told);
        }

        if (offsets is not null || fragments.OffsetTable.Length > 0)
        {
            findings.Add(DicomFindingCodes.OffsetTableIgnored);
        }

        int[] starts = [.. Enumerable.Range(0, pieces.Count).Where(i => StartsPicture(bytes.AsSpan(pieces[i].Offset, pieces[i].Length)))];
        return starts.Length == frames && starts[0] == 0
            ? new EncapsulatedFrames(bytes, pieces, frames, starts)
            : throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{where} holds {pieces.Count} fragments of compressed pixels and does not tell to which of its {frames} frames they belong: export the file again."));
    }

    /// <summary>The compressed bytes of a frame, its fragments joined.</summary>
    public ReadOnlySpan<byte> this[int frame]
    {
        get
        {
            (int first, int end) = _starts is not null ? (_starts[frame], frame + 1 < _frames ? _starts[frame + 1] : _pieces.Count)
                : _frames == 1 ? (0, _pieces.Count)
                : (frame, frame + 1);
            if (end - first == 1)
            {
                return _bytes.AsSpan(_pieces[first].Offset, _pieces[first].Length);
            }

            var joined = new List<byte>();
            for (int piece = first; piece < end; piece++)
            {
                joined.AddRange(_bytes.AsSpan(_pieces[piece].Offset, _pieces[piece].Length));
            }

            return joined.ToArray();
        }
    }

    private static long[]? Offsets(byte[] bytes, DicomDataSet dataSet, DicomFragments fragments, int frames)
    {
        const uint ExtendedOffsetTable = 0x7FE0_0001;
        ReadOnlySpan<byte> table = bytes.AsSpan(fragments.OffsetTable.Offset, fragments.OffsetTable.Length);
        ReadOnlySpan<byte> extended = dataSet.Bytes(ExtendedOffsetTable);
        if (table.Length == 4L * frames)
        {
            var offsets = new long[frames];
            for (int i = 0; i < frames; i++)
            {
                offsets[i] = BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * i)..]);
            }

            return offsets;
        }

        if (table.IsEmpty && extended.Length == 8L * frames)
        {
            var offsets = new long[frames];
            for (int i = 0; i < frames; i++)
            {
                offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(extended[(8 * i)..]);
            }

            return offsets;
        }

        return null;
    }

    // Offsets count from the first fragment's item; each must be the start of a fragment, and they rise from zero.
    private static int[]? StartsAt(IReadOnlyList<(int Offset, int Length)> pieces, long[] offsets)
    {
        var starts = new int[offsets.Length];
        int piece = 0;
        for (int frame = 0; frame < offsets.Length; frame++)
        {
            while (piece < pieces.Count && pieces[piece].Offset - pieces[0].Offset < offsets[frame])
            {
                piece++;
            }

            bool isStart = piece < pieces.Count && pieces[piece].Offset - pieces[0].Offset == offsets[frame];
            if (!isStart || (frame == 0 ? piece != 0 : piece <= starts[frame - 1]))
            {
                return null;
            }

            starts[frame] = piece;
        }

        return starts;
    }

    // JPEG and JPEG-LS pictures start with FF D8 FF, JPEG 2000 codestreams with FF 4F FF 51.
    private static bool StartsPicture(ReadOnlySpan<byte> piece) =>
        piece is [0xFF, 0xD8, 0xFF, ..] or [0xFF, 0x4F, 0xFF, 0x51, ..];
}
