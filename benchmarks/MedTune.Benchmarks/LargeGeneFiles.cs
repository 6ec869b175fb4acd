using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>Makes large FASTA and VCF files of any size from a fixed seed, to see that they are read in bounded memory.</summary>
internal static class LargeGeneFiles
{
    private const int BlockContent = 65280;
    private const int LettersOfRecord = 200_000_000;
    private const int Fields = 4096;

    /// <summary>A FASTA file, lines of 80 letters, records of 200 million; lower case and runs of N as in a genome.</summary>
    public static void WriteFasta(string path, long bytes)
    {
        byte[] block = Lines(1 << 22);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        long written = 0;
        for (int record = 1; written < bytes; record++)
        {
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $">chromosome{record} made\n")));
            for (long letters = 0; letters < LettersOfRecord && written < bytes; letters += block.Length / 81 * 80)
            {
                file.Write(block);
                written += block.Length;
            }
        }
    }

    /// <summary>A VCF file packed as BGZF, so many bytes packed: genotypes, depths and qualities of the samples.</summary>
    public static void WriteVcf(string path, int samples, long bytes)
    {
        var random = new Philox(1, RandomPurpose.Search, 2);
        byte[][] fields = [.. Enumerable.Range(0, Fields).Select(i => Field(random, (ulong)i))];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var content = new MemoryStream();
        content.Write(Encoding.ASCII.GetBytes("##fileformat=VCFv4.2\n##contig=<ID=1,length=249250621>\n"
            + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
            + "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Quality\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
            + string.Join('\t', Enumerable.Range(1, samples).Select(i => "S" + i.ToString(CultureInfo.InvariantCulture))) + "\n"));
        for (int line = 1; file.Length < bytes; line++)
        {
            content.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1\t{line * 50}\trs{line}\t{"ACGT"[line & 3]}\t{"ACGT"[(line + 1) & 3]}\t50\tPASS\tAN={2 * samples}\tGT:DP:GQ")));
            for (int sample = 0; sample < samples; sample++)
            {
                content.WriteByte((byte)'\t');
                content.Write(fields[random.Below(Fields, ((ulong)line << 24) + (ulong)sample)]);
            }

            content.WriteByte((byte)'\n');
            while (content.Length >= BlockContent)
            {
                WriteBlocks(file, content, BlockContent);
            }
        }

        WriteBlocks(file, content, (int)content.Length);
        file.Write([0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    private static byte[] Field(Philox random, ulong i)
    {
        string genotype = random.Below(10, i) switch { < 6 => "0/0", < 8 => "0/1", 8 => "1/1", _ => "./." };
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{genotype}:{random.Below(60, i + Fields)}:{random.Below(99, i + (2 * Fields))}"));
    }

    private static byte[] Lines(int letters)
    {
        var random = new Philox(1, RandomPurpose.Search, 1);
        byte[] lines = new byte[letters / 80 * 81];
        for (int i = 0; i < lines.Length; i++)
        {
            int stretch = i / 3000 % 20; // of 20 stretches 9 in lower case, one of N
            lines[i] = i % 81 == 80 ? (byte)'\n' : stretch == 0 ? (byte)'N' : (byte)(stretch < 10 ? "acgt" : "ACGT")[random.Below(4, (ulong)i)];
        }

        return lines;
    }

    /// <summary>Packs the first bytes of the content as blocks, and takes them out of it.</summary>
    private static void WriteBlocks(FileStream file, MemoryStream content, int length)
    {
        byte[] all = content.GetBuffer();
        int done = 0;
        for (; done < length; done += BlockContent)
        {
            var piece = all.AsSpan(done, Math.Min(BlockContent, length - done));
            using var packed = new MemoryStream();
            using (var deflate = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                deflate.Write(piece);
            }

            // A gzip member with the extra field BC in its header is a BGZF block.
            byte[] member = packed.ToArray();
            byte[] header = [0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0, 0];
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(16), (ushort)(header.Length + member.Length - 10 - 1));
            file.Write(header);
            file.Write(member.AsSpan(10));
        }

        done = Math.Min(done, length);
        int rest = (int)content.Length - done;
        all.AsSpan(done, rest).CopyTo(all);
        content.SetLength(rest);
        content.Position = rest;
    }
}
