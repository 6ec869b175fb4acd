namespace MedTune.Data;

/// <summary>Levels of a category whose many rows lack a class that should be among them.</summary>
/// <remarks>A ward where nobody has the outcome is more often one where nobody looked for it.</remarks>
internal static class OneSidedLevels
{
    // So many rows of the class would be expected; with 8, none comes up once in three thousand by chance.
    private const double Expected = 8;

    /// <summary>The finding about a category, or null.</summary>
    public static Finding? In(ColumnProfile profile, ColumnTally tally)
    {
        if (tally.Classes < 2)
        {
            return null;
        }

        int levels = 0;
        int rows = 0;
        int known = Enumerable.Range(0, tally.Levels).Sum(tally.Count);
        for (int level = 0; level < tally.Levels; level++)
        {
            int count = tally.Count(level);
            for (int category = 0; category < tally.Classes; category++)
            {
                int place = category;
                double share = Enumerable.Range(0, tally.Levels).Sum(other => (double)tally.Count(other, place)) / known;
                if (tally.Count(level, category) == 0 && count * share >= Expected)
                {
                    levels++;
                    rows += count;
                    break;
                }
            }
        }

        string lacking = tally.Classes == 2 ? "the target is the same in every row" : "a class of the target is absent";
        return levels == 0
            ? null
            : new Finding(FindingCodes.OneSidedLevels, FindingSeverity.Warning, profile.Name, levels,
                $"In {levels} of the {tally.Levels} levels of '{profile.Name}' ({rows} rows) {lacking}, which chance alone hardly does.",
                "Kept; a model will be nearly certain of such patients: make sure that the outcome was looked for in them as in all others.");
    }
}
