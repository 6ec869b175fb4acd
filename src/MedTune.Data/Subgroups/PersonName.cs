namespace MedTune.Data;

/// <summary>Tells from a column's name whether it holds what people are grouped by.</summary>
internal static class PersonName
{
    private static readonly HashSet<string> Ages = new(StringComparer.Ordinal) { "age", "ages", "agegroup", "ageband", "agerange", "alter", "edad", "âge" };

    private static readonly HashSet<string> Groups = new(StringComparer.Ordinal)
    {
        "sex", "gender", "male", "female", "race", "ethnicity", "ethnic", "geschlecht", "sexe", "sexo", "genre",
    };

    private static readonly HashSet<string> Ancestries = new(StringComparer.Ordinal) { "population", "populations", "superpopulation", "super", "pop", "superpop", "ancestry", "ancestries" };

    // Words that may stand beside the word itself without changing what the column is.
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "at", "in", "years", "year", "yrs", "yr", "y", "admission", "diagnosis", "baseline", "enrolment", "enrollment", "patient", "s", "group", "band", "range",
        "code", "coded", "is", "of", "the", "self", "reported", "birth", "cat",
    };

    /// <summary>Whether the column is the age of people: <c>age</c>, <c>Age (years)</c>, <c>age_at_admission</c>, but not <c>gestational age</c>.</summary>
    public static bool IsAge(string name) => Is(name, Ages) || name.Trim() is "年龄" or "年齡";

    /// <summary>Whether the column is a sex, gender, race or ethnicity.</summary>
    public static bool IsGroup(string name) => Is(name, Groups) || name.Trim() is "性别" or "性別" or "民族" or "种族";

    /// <summary>Whether the column says which people a person descends from, as panels of genomes call it: <c>population</c>, <c>superpopulation</c>, <c>ancestry</c>.</summary>
    public static bool IsAncestry(string name) => Is(name, Ancestries) || name.Trim() is "人群" or "祖源";

    private static bool Is(string name, HashSet<string> words)
    {
        string[] tokens = Split(name);
        return tokens.Any(words.Contains) && tokens.All(token => words.Contains(token) || Fillers.Contains(token));
    }

    private static string[] Split(string name)
    {
        var spaced = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]);
            spaced.Append(starts ? " " : "").Append(char.IsLetter(name[i]) ? char.ToLowerInvariant(name[i]) : ' ');
        }

        return spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
