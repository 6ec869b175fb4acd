using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>An opened DICOM file: what its header says of the picture, and its frames.</summary>
/// <remarks>Unchangeable after opening: frames can be read from several threads at once. The file's bytes are held in memory; compressed frames are decoded one at a time.</remarks>
public sealed class DicomFile
{
    private const uint PixelData = 0x7FE0_0010;

    private readonly DicomPart10 _content;
    private readonly FrameDecoders _decoders;
    private readonly EncapsulatedFrames? _frames;
    private readonly string _where;

    private DicomFile(DicomPart10 content, DicomReadOptions options, string where, SortedSet<string> findings)
    {
        (_content, _decoders, _where) = (content, options.Decoders, where);
        DicomDataSet dataSet = content.DataSet;
        if (dataSet.Has(PixelData))
        {
            DicomPixelDescription pixels = DicomPixelDescription.Read(dataSet, where, findings);
            if (content.Syntax.IsEncapsulated != (dataSet.Fragments is not null))
            {
                throw DicomRefusals.Attribute(where, PixelData, "PixelData", content.Syntax.IsEncapsulated ? "compressed pixels in fragments" : "pixels without fragments");
            }

            _frames = dataSet.Fragments is { } fragments
                ? EncapsulatedFrames.Find(content.Bytes, dataSet, fragments, pixels.Frames, where, findings)
                : null;
            Pixels = _frames is null ? NativePixels.Check(pixels, dataSet.Bytes(PixelData).Length, where, findings) : pixels;
            if (_frames is null && dataSet.IsBigEndian && pixels.BitsAllocated <= 8 && dataSet.IsWords(PixelData))
            {
                SwapWords(dataSet.Place(PixelData));
            }
        }

        Header = DicomHeader.Read(content.Syntax, dataSet, options, findings);
        Findings = [.. findings];
    }

    /// <summary>What the header says.</summary>
    public DicomHeader Header { get; }

    /// <summary>How the pixels are stored; null where the file has none (a report, a plan).</summary>
    public DicomPixelDescription? Pixels { get; }

    /// <summary>Frames of the picture; 0 where the file has no pixels.</summary>
    public int FrameCount => Pixels?.Frames ?? 0;

    /// <summary>What was noticed or decided while opening: codes of <see cref="DicomFindingCodes"/>, sorted.</summary>
    public ImmutableArray<string> Findings { get; }

    internal DicomDataSet DataSet => _content.DataSet;

    internal string Where => _where;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file's path; named in refusals.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="DataException">The file cannot be read, is not DICOM, is cut off, or describes pixels that it cannot hold.</exception>
    public static DicomFile Open(string path, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            bytes = ReadAll(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} cannot be read: check that it exists and may be opened.", e);
        }

        return Open(bytes, path, options);
    }

    /// <summary>Opens a file from a stream, which is read to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">How refusals name the file.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="DataException">As for a path.</exception>
    public static DicomFile Open(Stream stream, string name, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return Open(ReadAll(stream, name), name, options);
    }

    /// <summary>The stored values of a frame.</summary>
    /// <param name="frame">The frame, from 0.</param>
    /// <exception cref="DataException">The file has no pixels, the frame is damaged, or its compression needs a library that is missing.</exception>
    public DicomFrame ReadFrame(int frame)
    {
        if (Pixels is not { } pixels)
        {
            throw DicomRefusals.NoPixels(_where, Findings.Contains(DicomFindingCodes.FloatPixels));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, pixels.Frames);
        if (_frames is null)
        {
            int[] samples = NativePixels.Read(DataSet.Bytes(PixelData), frame, pixels, DataSet.IsBigEndian);
            return new DicomFrame(pixels, pixels.BitsStored, samples, DicomFrameColor.AsDeclared, []);
        }

        string where = pixels.Frames == 1 ? _where : string.Create(CultureInfo.InvariantCulture, $"{_where}, frame {frame + 1}");
        DecodedFrame decoded = _decoders.Need(Header.Syntax, _where).Decode(_frames[frame], pixels, where);
        return CompressedFrames.Reconcile(decoded, pixels, where);
    }

    /// <summary>A frame as a display would show it.</summary>
    /// <param name="frame">The frame, from 0.</param>
    /// <param name="options">Which window to use; null for the file's own.</param>
    /// <returns>Grey or color samples from 0 (black) to 255 (white), fractions kept, and what was chosen.</returns>
    /// <exception cref="DataException">As for <see cref="ReadFrame"/>; or a palette is missing.</exception>
    public DicomPicture Displayed(int frame, DicomDisplayOptions? options = null)
    {
        DicomFrame stored = ReadFrame(frame);
        return stored.Channels == 3 || stored.Description.Photometric == DicomPhotometric.PaletteColor
            ? DicomColor.Show(this, stored)
            : DicomGrey.Show(this, stored, frame, options ?? new DicomDisplayOptions());
    }

    internal static DicomFile Open(byte[] bytes, string name, DicomReadOptions? options)
    {
        var findings = new SortedSet<string>(StringComparer.Ordinal);
        return new DicomFile(DicomPart10.Read(bytes, name, findings), options ?? new DicomReadOptions(), name, findings);
    }

    private static byte[] ReadAll(Stream stream, string name)
    {
        using var target = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, Array.MaxLength) : 0);
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and int count)
        {
            if (target.Length + count > Array.MaxLength)
            {
                throw new DataException($"{name} is larger than 2 GB: export it in smaller pieces.");
            }

            target.Write(buffer.AsSpan(0, count));
        }

        return target.Length == target.Capacity ? target.GetBuffer() : target.ToArray();
    }

    // 8-bit samples in big-endian words stand in pairs, the second first (PS3.5, 8.1.1).
    private void SwapWords((int Offset, int Length) place)
    {
        Span<byte> pixels = _content.Bytes.AsSpan(place.Offset, place.Length);
        for (int i = 0; i + 1 < pixels.Length; i += 2)
        {
            (pixels[i], pixels[i + 1]) = (pixels[i + 1], pixels[i]);
        }
    }
}
