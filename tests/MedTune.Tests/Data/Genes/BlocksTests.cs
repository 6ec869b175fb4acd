using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Tests.Data.Genes;

public sealed class BlocksTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"line {i} of the text\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(97)]
    [InlineData(60000)]
    public void Bgzf_AnyBlockSize_GivesTheContent(int block)
    {
        string text = block == 1 ? Text[..300] : Text;
        using var file = GeneFile.Open(new MemoryStream(Packed.Bgzf(text, block)), "a");
        Assert.Equal(Packing.Bgzf, file.Packing);
        Assert.Equal(text, new StreamReader(file.Content).ReadToEnd());
    }

    [Fact]
    public void Bgzf_ConcatenatedFiles_AreOne()
    {
        using var file = GeneFile.Open(new MemoryStream([.. Packed.Bgzf(Text, 5000), .. Packed.Bgzf("more", 9)]), "a");
        Assert.Equal(Text + "more", new StreamReader(file.Content).ReadToEnd());
    }

    [Fact]
    public void Bgzf_CutAnywhere_IsRefusedBeforeAnythingIsRead()
    {
        byte[] whole = Packed.Bgzf(Text[..2000], 300);
        for (int length = 30; length < whole.Length; length++)
        {
            string message = Assert.Throws<DataException>(() => GeneFile.Open(new MemoryStream(whole[..length]), "a")).Message;
            Assert.Contains("is cut short", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bgzf_AnyChangedByte_IsRefusedOrHarmless()
    {
        byte[] whole = Packed.Bgzf(Text[..900], 300);
        int refused = 0;
        for (int at = 0; at < whole.Length - Packed.EndBlock.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x24;
            try
            {
                using var file = GeneFile.Open(new MemoryStream(changed), "a");
                Assert.True(file.Packing == Packing.None || new StreamReader(file.Content).ReadToEnd() == Text[..900], $"byte {at}");
            }
            catch (DataException)
            {
                refused++;
            }
        }

        Assert.True(refused > (whole.Length - Packed.EndBlock.Length) * 8 / 10, $"{refused} of {whole.Length}");
    }

    [Theory]
    [InlineData("missing block", 0)]
    [InlineData("block of half the size", 1)]
    public void Bgzf_BlocksThatDoNotFollow_AreNamed(string what, int kind)
    {
        byte[] block = Packed.Block(Encoding.ASCII.GetBytes(Text[..500]));
        byte[] file = kind == 0 ? [.. block, .. "not a block"u8, .. Packed.EndBlock] : [.. block, .. block[..(block.Length / 2)], .. Packed.EndBlock];
        using var opened = GeneFile.Open(new MemoryStream(file), "a");
        string message = Assert.Throws<DataException>(() => new StreamReader(opened.Content).ReadToEnd()).Message;
        Assert.True(message.Contains("block 2", StringComparison.Ordinal), $"{what}: {message}");
    }

    [Fact]
    public void Gzip_SeveralMembersAndPadding_AreRead()
    {
        foreach (byte[] packed in new byte[][] { [.. Packed.Gzip(Text), .. Packed.Gzip("more")], [.. Packed.Gzip(Text), .. Packed.Gzip("more"), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })
        {
            using var file = GeneFile.Open(new MemoryStream(packed), "a");
            Assert.Equal(Packing.Gzip, file.Packing);
            Assert.Equal(Text + "more", new StreamReader(file.Content).ReadToEnd());
        }
    }

    [Fact]
    public void Gzip_CutAnywhere_IsRefused()
    {
        byte[] whole = [.. Packed.Gzip(Text[..700]), .. Packed.Gzip(Text[700..1500])];
        int first = Packed.Gzip(Text[..700]).Length;
        for (int length = 3; length < whole.Length; length++)
        {
            if (length == first)
            {
                continue; // a whole file of one member
            }

            using var file = GeneFile.Open(new MemoryStream(whole[..length]), "a");
            Assert.Throws<DataException>(() => new StreamReader(file.Content).ReadToEnd());
        }
    }

    [Fact]
    public void RandomAccess_AnyPlace_GivesTheSameBytes()
    {
        byte[] content = Encoding.ASCII.GetBytes(Text);
        using var stream = new BgzfRandomAccess(new MemoryStream(Packed.Bgzf(content, 777)), "a");
        Assert.Equal(content.Length, stream.Length);
        byte[] read = new byte[1500];
        foreach (int at in new[] { 50000, 0, 776, 777, 778, 1553, content.Length - 1500 })
        {
            stream.Position = at;
            stream.ReadExactly(read);
            Assert.Equal(content[at..(at + 1500)], read);
        }
    }

    [Fact]
    public void Lines_AnyLineEnd_AreSplit()
    {
        var lines = new ByteLines(new MemoryStream("a\r\n\nbcd\nlast"u8.ToArray()), "a");
        List<string> found = [];
        while (lines.TryRead(out var line))
        {
            found.Add(Encoding.ASCII.GetString(line));
        }

        Assert.Equal(["a", "", "bcd", "last"], found);
        Assert.True(lines.EndsInsideLine && lines.HasCarriageReturns);
        Assert.Equal(4, lines.Number);
        Assert.Throws<DataException>(() => new ByteLines(new MemoryStream(new byte[200000]), "a", 1 << 16).TryRead(out _));
    }
}
