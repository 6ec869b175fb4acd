using System.Buffers.Binary;
using System.Text;

namespace MedTune.Tests.Data.Genes;

/// <summary>Writes small BCF 2.2 files for tests, not packed.</summary>
internal static class BcfFile
{
    public const string Header = "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"All filters passed\">\n##contig=<ID=chr1,length=1000>\n##contig=<ID=chr2>\n"
        + "##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##INFO=<ID=DB,Number=0,Type=Flag,Description=\"b\">\n"
        + "##FILTER=<ID=q10,Description=\"q\">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tPATIENTX7\tPATIENTX8\n\0";

    /// <summary>A file of two records: chr1:10 rs1 A>C,G with genotypes 0|1 and ./2, and chr2:300000 T without ALT with one haploid genotype.</summary>
    public static byte[] Write()
    {
        using var file = new MemoryStream();
        file.Write("BCF\u0002\u0002"u8);
        byte[] header = Encoding.UTF8.GetBytes(Header);
        file.Write(Int32(header.Length));
        file.Write(header);
        Record(
            file,
            [.. Int32(0), .. Int32(9), .. Int32(1), .. BitConverter.GetBytes(33.5f), .. Int32((3 << 16) | 3), .. Int32((2 << 24) | 2),
                .. Text("rs1"), .. Text("A"), .. Text("C"), .. Text("G"), 0x11, 0,
                0x11, 1, 0x25, .. BitConverter.GetBytes(0.25f), .. Int32(0x7F80_0001), 0x11, 2, 0x12, .. BitConverter.GetBytes((short)300), 0x11, 3, 0x00],
            [0x11, 5, 0x21, 2, 5, 0, 6, 0x11, 6, 0x31, 1, 2, 3, 0x80, 0x81, 0x81]);
        Record(
            file,
            [.. Int32(1), .. Int32(299_999), .. Int32(1), .. Int32(0x7F80_0001), .. Int32(1 << 16), .. Int32((1 << 24) | 2), 0x07, .. Text("T"), 0x11, 4],
            [0x11, 5, 0x21, 2, 0x81, 2, 2]);
        return file.ToArray();
    }

    private static void Record(MemoryStream file, byte[] shared, byte[] samples)
    {
        file.Write(Int32(shared.Length));
        file.Write(Int32(samples.Length));
        file.Write(shared);
        file.Write(samples);
    }

    private static byte[] Text(string text) => [(byte)((text.Length << 4) | 7), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Int32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
