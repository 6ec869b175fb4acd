namespace MedTune.Tests.House;

/// <summary>Fails with the rule in words and every breach of it on a line of its own.</summary>
internal static class HouseRule
{
    public static void Holds(string rule, IEnumerable<string> breaches)
    {
        string[] found = [.. breaches];
        Assert.True(found.Length == 0, $"{rule}{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
