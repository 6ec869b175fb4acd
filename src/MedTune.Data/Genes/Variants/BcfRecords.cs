using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads BCF 2.1 and 2.2: the text of the header, then records of typed values.</summary>
internal sealed class BcfRecords(Stream content, string where, VcfFaults faults)
{
    private const int LongestHeader = 1 << 28;
    private const int LongestRecord = 1 << 28;

    private byte[] _bytes = new byte[1 << 12];
    private VcfSiteRules? _site;
    private long _number;

    /// <summary>Whether a file's content begins as BCF 2 does.</summary>
    public static bool IsAt(ReadOnlySpan<byte> start) => start.StartsWith("BCF"u8);

    /// <summary>Reads the header.</summary>
    public VcfHeader ReadHeader()
    {
        ReadOnlySpan<byte> start = Fill(9, "its first bytes");
        if (start[3] != 2 || start[4] is not (1 or 2))
        {
            throw new DataException($"{where}: is BCF of version {start[3]}.{start[4]}; versions 2.1 and 2.2 are read: write it anew as BCF 2.2 or VCF.");
        }

        long length = BinaryPrimitives.ReadUInt32LittleEndian(start[5..]);
        if (length > LongestHeader)
        {
            throw new DataException($"{where}: states a header of {length} bytes, more than any file needs: get the file again from where it came from.");
        }

        using var text = new MemoryStream(Fill((int)length, "its header").ToArray());
        faults.Unit = "line";
        var header = new VcfHeaderReader(where, faults).Read(new ByteLines(text, where));
        faults.Unit = "record";
        _site = new VcfSiteRules(faults, header.Minor);
        return header;
    }

    /// <summary>The next record, or null at the end.</summary>
    public VcfRecord? Read(VcfHeader header)
    {
        byte[] lengths = new byte[8];
        int read = content.ReadAtLeast(lengths, 8, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        _number++;
        long shared = BinaryPrimitives.ReadUInt32LittleEndian(lengths);
        long samples = BinaryPrimitives.ReadUInt32LittleEndian(lengths.AsSpan(4));
        if (read < 8 || shared < 24 || shared + samples > LongestRecord)
        {
            throw Damaged();
        }

        var bytes = Fill((int)(shared + samples), $"its record {_number}");
        return Decode(header, bytes[..(int)shared], bytes[(int)shared..]);
    }

    private VcfRecord Decode(VcfHeader header, ReadOnlySpan<byte> shared, ReadOnlySpan<byte> samples)
    {
        var cursor = new BcfCursor(shared);
        int contig = cursor.Int32();
        int position = cursor.Int32();
        cursor.Int32(); // the length on the reference, which REF and END say too
        int quality = cursor.Int32();
        int counts = cursor.Int32();
        int sampleCounts = cursor.Int32();
        (int alleles, int infos) = (counts >>> 16, counts & 0xFFFF);
        string id = cursor.TypedText();
        string reference = alleles == 0 ? "" : cursor.TypedText();
        var alternates = ImmutableArray.CreateBuilder<string>(Math.Max(alleles - 1, 0));
        for (int i = 1; i < alleles && !cursor.IsDamaged; i++)
        {
            alternates.Add(cursor.TypedText());
        }

        var filters = Filters(header, ref cursor);
        string info = Info(header, infos, ref cursor);
        if (cursor.IsDamaged || (sampleCounts & 0xFF_FFFF) != header.Samples.Length || position is < -1 or int.MaxValue
            || !header.ContigNumbers.TryGetValue(contig, out string? chromosome))
        {
            throw Damaged();
        }

        var others = alternates.Count == 0 ? [] : _site!.Alternates(string.Join(',', alternates), _number);
        _site!.CheckReference(reference, _number);
        _site.CheckChromosome(chromosome, _number);
        var genotypes = Genotypes(header, samples, sampleCounts >>> 24, others.Length);
        return new VcfRecord(genotypes.ToArray(), genotypes.Phased, genotypes.Copies)
        {
            Line = _number,
            Chromosome = chromosome,
            Position = position + 1,
            Ids = id.Length == 0 ? [] : _site.Ids(id, _number),
            Reference = reference,
            Alternates = others,
            Quality = quality == 0x7F80_0001 ? double.NaN : BitConverter.Int32BitsToSingle(quality),
            Filters = filters,
            InfoText = info,
        };
    }

    private ImmutableArray<string> Filters(VcfHeader header, ref BcfCursor cursor)
    {
        (int type, int count) = cursor.Descriptor();
        var values = cursor.Values(type, count);
        var filters = ImmutableArray.CreateBuilder<string>();
        int size = type is 1 or 2 or 3 ? BcfCursor.SizeOf(type) : 0;
        for (int at = 0; size > 0 && at < values.Length; at += size)
        {
            filters.Add(BcfCursor.Integer(type, values[at..]) is { } key && header.Identifiers.TryGetValue(key, out string? name) ? name : throw Damaged());
        }

        return filters.ToImmutable();
    }

    private string Info(VcfHeader header, int count, ref BcfCursor cursor)
    {
        if (count == 0)
        {
            return ".";
        }

        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            int key = cursor.TypedInteger();
            string? value = cursor.TypedValues();
            if (cursor.IsDamaged || !header.Identifiers.TryGetValue(key, out string? name))
            {
                throw Damaged();
            }

            text.Append(i == 0 ? "" : ";").Append(name).Append(value is null ? "" : "=").Append(value);
        }

        return text.ToString();
    }

    private GenotypeColumns Genotypes(VcfHeader header, ReadOnlySpan<byte> bytes, int keys, int alternates)
    {
        var columns = new GenotypeColumns(header.Samples.Length);
        var cursor = new BcfCursor(bytes);
        for (int i = 0; i < keys; i++)
        {
            int key = cursor.TypedInteger();
            (int type, int count) = cursor.Descriptor();
            var values = cursor.Values(type, (long)count * header.Samples.Length);
            if (cursor.IsDamaged || !header.Identifiers.TryGetValue(key, out string? name))
            {
                throw Damaged();
            }

            if (name == "GT" && count > 0 && header.Samples.Length > 0)
            {
                Take(columns, values, type, count, alternates);
            }
        }

        return columns;
    }

    /// <summary>Genotypes are numbers: (allele + 1) shifted by one bit, the last bit for phased; 0 in front of the bit is a missing allele.</summary>
    private void Take(GenotypeColumns columns, ReadOnlySpan<byte> values, int type, int count, int alternates)
    {
        int size = BcfCursor.SizeOf(type);
        if (type is not (1 or 2 or 3) || count > GenotypeText.MostCopies)
        {
            throw Damaged();
        }

        Span<short> alleles = stackalloc short[GenotypeText.MostCopies];
        for (int sample = 0; sample < columns.Phased.Length; sample++)
        {
            (int copies, bool isPhased) = (0, true);
            for (; copies < count; copies++)
            {
                var value = values.Slice(((sample * count) + copies) * size, size);
                if (BcfCursor.IsEnd(type, value))
                {
                    break;
                }

                int code = BcfCursor.Integer(type, value) ?? 0;
                int allele = (code >> 1) - 1;
                if (code < 0 || allele > (alternates == 0 ? short.MaxValue : alternates))
                {
                    throw faults.Refused(_number, "has a genotype (GT) that names an allele that the record does not have");
                }

                alleles[copies] = (short)allele;
                isPhased &= copies == 0 || (code & 1) == 1;
            }

            alleles[0] = copies == 0 ? (short)-1 : alleles[0];
            columns.Set(sample, alleles[..Math.Max(copies, 1)], isPhased && copies > 1);
        }
    }

    /// <summary>Reads so many bytes; the buffer grows only as bytes come, so that a false length costs nothing.</summary>
    private ReadOnlySpan<byte> Fill(int length, string what)
    {
        int have = 0;
        while (have < length)
        {
            if (have == _bytes.Length)
            {
                Array.Resize(ref _bytes, _bytes.Length * 2);
            }

            int read = content.Read(_bytes.AsSpan(have, Math.Min(length, _bytes.Length) - have));
            if (read == 0)
            {
                throw new DataException($"{where}: ends inside {what}: get the file again from where it came from.");
            }

            have += read;
        }

        return _bytes.AsSpan(0, length);
    }

    private DataException Damaged() => new($"{where}: its record {_number} is not as BCF 2.2 lays records out: get the file again from where it came from.");
}
