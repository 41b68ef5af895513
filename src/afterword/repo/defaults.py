"""Where prompts and model settings usually are, for repositories that have not said so themselves.

The places are those that public repositories use most; see `globs` for what a pattern means.
"""

_NOT_OURS = (
    "!**/node_modules/**",
    "!**/vendor/**",
    "!**/third_party/**",
    "!**/site-packages/**",
    "!**/.venv/**",
    "!**/dist/**",
    "!**/{postmortems,post-mortems,incidents}/**/*.md",
    "!**/*.{lock,min.js,map,snap}",
)

_NOT_TEXT = (
    "!**/*.{png,jpg,jpeg,gif,webp,svg,ico,bmp,tiff,pdf}",
    "!**/*.{mp3,mp4,wav,ogg,webm,mov,woff,woff2,ttf,otf}",
    "!**/*.{zip,gz,tar,tgz,whl,jar,so,dll,exe,bin,pyc,parquet,npy,pkl,db,sqlite}",
)

PROMPTS = (
    "**/{prompts,Prompts,prompt_templates,prompt-templates,system_prompts,system-prompts}/**",
    "**/{system_prompt,system-prompt,systemprompt,systemPrompt,SystemPrompt,SYSTEM_PROMPT}*",
    "**/*[_-]{prompt,PROMPT}.{md,txt,xml,j2,yaml,yml,json}",
    "**/{prompt,PROMPT}.{md,txt,xml,yaml,yml,json}",
    "**/prompts.{py,ts,js,yaml,yml,json,toml,md,txt}",
    "**/*.{prompty,prompt}",
    "**/*.prompt.{md,txt,yaml,yml,json}",
    "**/*.{j2,jinja,jinja2}",
    "**/{system,user}.{md,txt}",
    "!**/roles/*/templates/**",
    *_NOT_OURS,
    *_NOT_TEXT,
)
"""Prompt files. Ansible's role templates share the ending `.j2` and are no prompts."""

SOURCES = (
    "**/*.py",
    "!**/{tests,test,testing,testdata,fixtures}/**",
    "!**/{test_*,*_test,conftest,setup,noxfile}.py",
    *_NOT_OURS,
)
"""Python files that may hold prompts as constants."""

SETTINGS = (
    "**/{config,configs,conf,settings}/**/*.{yaml,yml,json,toml}",
    "**/{config,configs,settings,model,models,llm,llms,agent,agents,inference}.{yaml,yml,json,toml}",
    "**/*{model,Model,MODEL}*.{yaml,yml,json,toml}",
    "**/*{llm,LLM,openai,anthropic,gemini,bedrock}*.{yaml,yml,json,toml}",
    "**/*litellm*{config,proxy}*.{yaml,yml}",
    "**/promptfooconfig*.{yaml,yml,json}",
    "**/{.env,.env.*,*.env}",
    "**/*.{prompty,prompt}",
    "!**/{package,package-lock,composer,tsconfig}.json",
    "!**/{tests,test,fixtures,testdata}/**",
    "!.github/**",
    *_NOT_OURS,
)
"""Files that may hold model settings; what they hold beside is passed over."""

PYTHON_SETTINGS = (
    "**/*.py",
    "!**/{tests,test,testing,fixtures,testdata}/**",
    "!**/{test_*,*_test,conftest}.py",
    *_NOT_OURS,
)
"""Python files that may hold model settings or, as constants, prompts."""

DEPLOY_TAGS = ("deploy*", "deploy*/**", "release*", "release*/**", "prod*", "prod*/**", "v[0-9]*")
"""Tags that mark a deployment."""

RECORD_FOLDERS = ("docs/postmortems", "docs/post-mortems", "docs/incidents", "postmortems")
"""Where records may be already, the first one being where they go otherwise."""
