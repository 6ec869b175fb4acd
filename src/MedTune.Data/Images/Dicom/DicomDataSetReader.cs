namespace MedTune.Data.Images;

/// <summary>Walks over the elements of a data set and keeps the places of those on the whitelist; all others are passed over.</summary>
/// <remarks>Only sequences of the whitelist are entered, at most <see cref="DeepestItems"/> deep. Any other sequence of undefined length is
/// passed over in a loop, with the depth of its nesting bounded. Every step advances by eight bytes or more, so that the time follows the length of the file.</remarks>
internal sealed class DicomDataSetReader(byte[] bytes, DicomEncoding encoding, string where, ISet<string> findings)
{
    private const int DeepestItems = 6;
    private const int DeepestNesting = 256;
    private const uint PixelData = 0x7FE0_0010;
    private const uint TrailingPadding = 0xFFFC_FFFC;

    /// <summary>The data set from a place to the end of the bytes; what stands after the pixel data is not looked at.</summary>
    public DicomDataSet Read(int start)
    {
        var dataSet = new DicomDataSet(bytes, encoding.IsBigEndian);
        int at = start;
        ReadElements(dataSet, ref at, bytes.Length, isUndefinedItem: false, depth: 0);
        return dataSet;
    }

    private void ReadElements(DicomDataSet dataSet, ref int at, int end, bool isUndefinedItem, int depth)
    {
        while (at < end)
        {
            if (IsPadding(at, end, depth))
            {
                return;
            }

            DicomElementHeader header = Header(at, end, encoding);
            if (header.Number is DicomElementHeader.ItemEnd or DicomElementHeader.SequenceEnd && header.Length == 0)
            {
                at = header.ValueOffset;
                if (isUndefinedItem && header.Number == DicomElementHeader.ItemEnd)
                {
                    return;
                }

                if (depth == 0)
                {
                    continue; // a stray delimiter between elements ends nothing
                }
            }

            if ((header.Number >> 16) == 0xFFFE)
            {
                throw DicomRefusals.Structure(where, at, "an item outside of a sequence");
            }

            if (depth == 0 && header.Number == PixelData)
            {
                AddPixels(dataSet, header, end);
                at = end;
                return;
            }

            ReadElement(dataSet, header, ref at, end, depth);
        }

        if (isUndefinedItem)
        {
            throw DicomRefusals.Structure(where, at, "a sequence without its end");
        }
    }

    private void ReadElement(DicomDataSet dataSet, in DicomElementHeader header, ref int at, int end, int depth)
    {
        DicomWhitelistEntry? attribute = DicomWhitelist.Find(DicomTag.Of(header.Number));
        bool isSequence = attribute?.Treatment == DicomTreatment.Items && depth < DeepestItems;
        at = header.ValueOffset;
        if (isSequence)
        {
            int itemsEnd = header.IsUndefinedLength ? end : EndOf(header, end);
            IReadOnlyList<DicomDataSet> items = ReadItems(header, ref at, itemsEnd, depth);
            Keep(dataSet, header, items);
        }
        else if (header.IsUndefinedLength)
        {
            SkipSequence(ref at, end, encoding.IsExplicit && header.ValueRepresentation != DicomElementHeader.Unknown);
        }
        else
        {
            at = EndOf(header, end);
            if (attribute is { Treatment: not DicomTreatment.Items })
            {
                Keep(dataSet, header, null);
            }
            else if ((header.Number & 0xFF00_FFFF) == 0x6000_3000)
            {
                findings.Add(DicomFindingCodes.OverlayLeftOut);
            }
            else if (depth == 0 && header.Number is 0x7FE0_0008 or 0x7FE0_0009)
            {
                findings.Add(DicomFindingCodes.FloatPixels);
            }
        }
    }

    private void Keep(DicomDataSet dataSet, in DicomElementHeader header, IReadOnlyList<DicomDataSet>? items)
    {
        if (!dataSet.Add(header, items))
        {
            findings.Add(DicomFindingCodes.RepeatedAttribute);
        }
    }

    private List<DicomDataSet> ReadItems(in DicomElementHeader sequence, ref int at, int end, int depth)
    {
        // A sequence of unknown representation is written implicitly, whatever the file's form (PS3.5, 6.2.2).
        var reader = sequence.ValueRepresentation == DicomElementHeader.Unknown && encoding.IsExplicit
            ? new DicomDataSetReader(bytes, encoding with { IsExplicit = false }, where, findings)
            : this;
        List<DicomDataSet> items = [];
        while (at < end)
        {
            DicomElementHeader item = Header(at, end, encoding);
            at = item.ValueOffset;
            if (item.Number == DicomElementHeader.SequenceEnd && sequence.IsUndefinedLength)
            {
                return items;
            }

            if (item.Number != DicomElementHeader.Item)
            {
                throw DicomRefusals.Structure(where, at, "a sequence without items");
            }

            var content = new DicomDataSet(bytes, encoding.IsBigEndian);
            reader.ReadElements(content, ref at, item.IsUndefinedLength ? end : EndOf(item, end), item.IsUndefinedLength, depth + 1);
            items.Add(content);
        }

        return sequence.IsUndefinedLength ? throw DicomRefusals.CutOff(where, sequence.Number) : items;
    }

    /// <summary>Passes over a sequence of undefined length, however deep; true on the stack stands for a sequence, false for an item in it.</summary>
    private void SkipSequence(ref int at, int end, bool isExplicit)
    {
        Stack<(bool IsSequence, bool IsExplicit)> open = new([(true, isExplicit)]);
        while (open.Count > 0)
        {
            (bool isSequence, bool isExplicitHere) = open.Peek();
            DicomElementHeader header = Header(at, end, encoding with { IsExplicit = isExplicitHere });
            at = header.ValueOffset;
            if (header.Number == (isSequence ? DicomElementHeader.SequenceEnd : DicomElementHeader.ItemEnd))
            {
                open.Pop();
            }
            else if (isSequence != (header.Number == DicomElementHeader.Item) || (!isSequence && (header.Number >> 16) == 0xFFFE))
            {
                throw DicomRefusals.Structure(where, at, "a sequence that is not well nested");
            }
            else if (!header.IsUndefinedLength)
            {
                at = EndOf(header, end);
            }
            else if (open.Count == DeepestNesting)
            {
                throw DicomRefusals.Structure(where, at, "sequences nested too deeply");
            }
            else
            {
                open.Push((!isSequence, isExplicitHere && (isSequence || header.ValueRepresentation != DicomElementHeader.Unknown)));
            }
        }
    }

    private void AddPixels(DicomDataSet dataSet, in DicomElementHeader header, int end)
    {
        if (!header.IsUndefinedLength)
        {
            _ = EndOf(header, end);
            Keep(dataSet, header, null);
            return;
        }

        int at = header.ValueOffset;
        (int Offset, int Length)? table = null;
        List<(int Offset, int Length)> pieces = [];
        while (true)
        {
            if (end - at < DicomFragments.ItemHeader)
            {
                throw DicomRefusals.CutOff(where, PixelData);
            }

            DicomElementHeader piece = Header(at, end, encoding);
            if (piece.Number == DicomElementHeader.SequenceEnd)
            {
                break;
            }

            if (piece.Number != DicomElementHeader.Item || piece.IsUndefinedLength)
            {
                throw DicomRefusals.Structure(where, at, "pixel data without fragments");
            }

            at = EndOf(piece with { Number = PixelData }, end);
            if (table is null)
            {
                table = (piece.ValueOffset, (int)piece.Length);
            }
            else
            {
                pieces.Add((piece.ValueOffset, (int)piece.Length));
            }
        }

        dataSet.Fragments = new DicomFragments(table ?? default, pieces);
        Keep(dataSet, header with { Length = 0 }, null);
    }

    private DicomElementHeader Header(int at, int end, DicomEncoding form)
    {
        if (DicomElementHeader.TryRead(bytes, at, end, form) is { } header)
        {
            return header;
        }

        throw end - at < 12 && end == bytes.Length
            ? new DataException($"{where} ends in the middle of its DICOM header: the file was cut off, so fetch it again from where it came.")
            : DicomRefusals.Structure(where, at, "no known value representation");
    }

    private int EndOf(in DicomElementHeader header, int end)
    {
        if (header.Length > (uint)(end - header.ValueOffset))
        {
            throw end == bytes.Length ? DicomRefusals.CutOff(where, header.Number) : DicomRefusals.Structure(where, header.ValueOffset, "an attribute longer than what holds it");
        }

        return header.ValueOffset + (int)header.Length;
    }

    // Files are filled up to whole blocks with an attribute made for it, or with zeros.
    private bool IsPadding(int at, int end, int depth)
    {
        ReadOnlySpan<byte> rest = bytes.AsSpan(at, end - at);
        if (depth > 0)
        {
            return false;
        }

        uint tag = rest.Length < 4 ? 0 : DicomElementHeader.Tag(rest, encoding.IsBigEndian);
        if (tag == 0 && rest.IndexOfAnyExcept((byte)0) >= 0)
        {
            throw DicomRefusals.Structure(where, at, "an attribute without a number"); // here, so that zeros are looked through only once
        }

        return tag is 0 or TrailingPadding;
    }
}
