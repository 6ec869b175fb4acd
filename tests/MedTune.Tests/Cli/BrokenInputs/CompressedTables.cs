using System.Text;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Gzipped tables that are cut, damaged, or made to fill a machine.</summary>
internal static class CompressedTables
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("magic number alone", _ => [0x1F, 0x8B]),
        Case("cut in the header", gzip => gzip[..7]),
        Case("cut after the header", gzip => gzip[..10]),
        Case("cut in the middle", gzip => gzip[..(gzip.Length / 2)]),
        Case("cut near the end", gzip => gzip[..^9]),
        Case("without checksum", gzip => gzip[..^8]),
        Case("cut in the checksum", gzip => gzip[..^3]),
        Case("wrong checksum", gzip => Changed(gzip, gzip.Length - 8)),
        Case("wrong length", gzip => Changed(gzip, gzip.Length - 1)),
        Case("one bit wrong in the middle", gzip => Changed(gzip, gzip.Length / 2)),
        Case("unknown method", gzip => Changed(gzip, 2)),
        Case("reserved flags", gzip => Changed(gzip, 3, 0xE0)),
        Case("name that never ends", gzip => Changed(gzip, 3, 0x08)),
        Case("text behind the end", gzip => [.. gzip, .. "and more"u8]),
        Case("second member cut", gzip => [.. gzip, .. gzip[..20]]),
        Case("gzip in gzip", BrokenFolder.Gzip),
        Case("nothing inside", _ => BrokenFolder.Gzip([])),
        Case("a workbook inside", _ => BrokenFolder.Gzip([.. "PK\u0003\u0004"u8, .. new byte[40], .. "xl/workbook.xml"u8])),
        Case("plain text named .gz", _ => Encoding.UTF8.GetBytes(BrokenFolder.Patients(20)), ExitCode.Done),
        Bomb("bomb: 2 GB of one line", "a,b\n1,", (byte)'x', 2048),
        Bomb("bomb: 2 GB of line breaks", "a,b\n1,2\n", (byte)'\n', 2048),
        Bomb("a field of 1 GB", "name,age,died\n", (byte)'5', 1024),
    ];

    private static BrokenInput Case(string name, Func<byte[], byte[]> change, ExitCode code = ExitCode.DataRefused) => new(
        name, code, ["inspect", "@bad.csv.gz", "--json"], folder => folder.Bytes("bad.csv.gz", change(BrokenFolder.Gzip(BrokenFolder.Patients(300)))));

    private static BrokenInput Bomb(string name, string start, byte filling, int mebibytes) => new(
        name, ExitCode.DataRefused, ["train", "@bomb.csv.gz", "--target", "died", "--out", "@out"],
        folder =>
        {
            // A file of many members, which is as good as one, so that the gigabytes need not be packed here.
            using FileStream file = File.Create(folder["bomb.csv.gz"]);
            file.Write(BrokenFolder.Gzip(start));
            byte[] block = new byte[1 << 20];
            Array.Fill(block, filling);
            byte[] member = BrokenFolder.Gzip(block);
            for (int i = 0; i < mebibytes; i++)
            {
                file.Write(member);
            }
        })
    {
        IsProcess = true,
    };

    private static byte[] Changed(byte[] bytes, int place, byte by = 0x01)
    {
        byte[] changed = [.. bytes];
        changed[place] ^= by;
        return changed;
    }
}
