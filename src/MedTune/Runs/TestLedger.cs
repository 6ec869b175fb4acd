using System.Text;
using System.Text.Json;
using MedTune.Data;

namespace MedTune;

/// <summary>The append-only file that counts how often each sealed test part has been opened on this machine.</summary>
/// <remarks>
/// A test part that is looked at again and again is no test any more (GMLP principle 4). The count shows in <c>run.json</c> and the
/// report only; no result depends on it.
/// </remarks>
public sealed class TestLedger
{
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>The ledger in a folder.</summary>
    /// <param name="folder">Default: <c>medtune</c> in the user's data folder, or where the variable MEDTUNE_DATA says.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public TestLedger(string? folder = null, TimeProvider? time = null)
    {
        _path = Path.Combine(folder ?? UserFolder.Path, "test-ledger.jsonl");
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Makes sure that openings can be noted, before any work is done that would need it.</summary>
    /// <exception cref="DataException">The ledger cannot be written.</exception>
    public void Check()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"'{_path}', where each opening of test data is counted, cannot be written; name a folder you may write to in the variable MEDTUNE_DATA.", exception);
        }
    }

    /// <summary>Notes an opening and gives back how often this part has been opened by now.</summary>
    /// <exception cref="IOException">The ledger cannot be written; a test must not be opened uncounted.</exception>
    public int Open(string testDigest, string modelDigest, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(testDigest);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        string line = JsonSerializer.Serialize(new LedgerEntry(testDigest, modelDigest, purpose, _time.GetUtcNow()), RunJson.Lines.LedgerEntry) + "\n";
        File.AppendAllText(_path, line, new UTF8Encoding(false));
        return File.ReadLines(_path).Count(entry => Test(entry) == testDigest);
    }

    private static string? Test(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RunJson.Lines.LedgerEntry)?.Test;
        }
        catch (JsonException)
        {
            // A line cut short by a crash counts for nothing; all others stay.
            return null;
        }
    }
}
