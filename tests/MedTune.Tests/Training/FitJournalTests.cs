using MedTune.Data;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

public sealed class FitJournalTests
{
    private static readonly byte[] Identity = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Open_AfterTwoFits_FindsBoth()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        using var journal = FitJournal.Open(folder.Path, Identity);
        Assert.Equal(2, journal.Count);
        Assert.True(journal.TryGet("b", out var record));
        Assert.Equal([0.1f, float.MinValue, 3e-45f], record!.Floats("w"));
    }

    [Fact]
    public void Open_CutAtAnyByte_KeepsTheWholeRecordsAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        string path = Path.Combine(folder.Path, "fits.journal");
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes.AsSpan(0, length));
            using (var journal = FitJournal.Open(folder.Path, Identity))
            {
                Assert.InRange(journal.Count, 0, 1);
                journal.GetOrFit("a", _ => Record(1));
                journal.GetOrFit("c", _ => Record(3));
            }

            using var again = FitJournal.Open(folder.Path, Identity);
            Assert.True(again.TryGet("a", out var a) && a!["w"][0] == (float)0.1);
            Assert.True(again.TryGet("c", out _));
        }
    }

    [Fact]
    public void Open_OtherIdentity_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        byte[] other = [.. Identity.Reverse()];
        var exception = Assert.Throws<DataException>(() => FitJournal.Open(folder.Path, other));
        Assert.Contains("other data or another plan", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetOrFit_FlippedBit_FitsAgain()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        string path = Path.Combine(folder.Path, "fits.journal");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^20] ^= 4;
        File.WriteAllBytes(path, bytes);
        using var journal = FitJournal.Open(folder.Path, Identity);
        int fitted = 0;
        journal.GetOrFit("b", _ =>
        {
            fitted++;
            return Record(2);
        });
        Assert.Equal(1, fitted);
    }

    private static void Fill(string folder)
    {
        using var journal = FitJournal.Open(folder, Identity);
        journal.GetOrFit("a", _ => Record(1));
        journal.GetOrFit("b", _ => Record(2));
    }

    private static FitRecord Record(int number)
    {
        var record = new FitRecord { ["number"] = [number] };
        record.SetFloats("w", [0.1f, float.MinValue, 3e-45f]);
        return record;
    }
}
